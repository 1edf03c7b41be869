package dev.broadside.oct.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.oct.hq.Headquarters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(HeadquartersExtension.class)
class HeadquartersOfAClassTest {
  private static Headquarters ofTheClass;

  @BeforeAll
  static void keep(Headquarters hq) {
    ofTheClass = hq;
  }

  @Test
  void oneTest_hasTheHeadquartersOfTheClass(Headquarters hq) {
    assertThat(hq).isSameAs(ofTheClass);
  }

  @Test
  void another_hasItToo(Headquarters hq) {
    assertThat(hq).isSameAs(ofTheClass);
  }

  @AfterAll
  static void isStillOpen(Headquarters hq) {
    assertThat(hq).isSameAs(ofTheClass);
    assertThat(hq.publishPort()).isPositive();
  }
}
