package com.acme;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that are called several times, and a nested one. */
class Prices {
  @ParameterizedTest
  @ValueSource(strings = {"grün", "rot"})
  void ofColour(String colour) {
    assertTrue(colour.length() > 3, colour);
  }

  @RepeatedTest(2)
  void again() {}

  @TestFactory
  Stream<DynamicTest> made() {
    return Stream.of("one", "two").map(name -> DynamicTest.dynamicTest(name, () -> {}));
  }

  @Nested
  class WithCoupon {
    @Test
    void isLower() {}

    @ParameterizedTest
    @ValueSource(ints = 5)
    void isLowerBy(int percent) {}
  }
}
