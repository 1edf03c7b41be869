package dev.broadside.loads;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OwnProcessTest {
  @Test
  void parentIn_findsTheParentBehindAnyName() {
    assertThat(OwnProcess.parentIn("12 (java) S 34 12 12 0")).isEqualTo(34);
    assertThat(OwnProcess.parentIn("12 (a) R 99 (b) S 34 12 12 0")).isEqualTo(34);
  }

  @Test
  void parent_isWhatJavaKnows() {
    assertThat(OwnProcess.parent()).isEqualTo(ProcessHandle.current().parent().orElseThrow().pid());
  }
}
