package com.acme;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.broadside.loads.Hit;
import dev.broadside.loads.LoadsReporter;
import dev.broadside.loads.junit.LoadsExtension;
import dev.broadside.loads.junit.LoadsTests;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One test of each outcome. */
@ExtendWith(LoadsExtension.class)
class Checkout {
  @Test
  void pays(LoadsReporter reporter) {
    reporter.addHit(
        new Hit("http://acme.com/pay", "POST", 200, Instant.EPOCH, Duration.ofMillis(20)));
  }

  @Test
  void counts() {
    LoadsTests.reporter().incrCounter("com.acme.Checkout.counts", "carts");
  }

  @Test
  void failsOnce() {
    assertEquals("paid", "declined");
  }

  @Test
  void failsTwice() {
    assertAll(() -> assertEquals(1, 2), () -> assertEquals(3, 4));
  }

  @Test
  void errs() throws IOException {
    throw new IOException("the till is jammed");
  }

  @Test
  void overflows() {
    deeper(1);
  }

  private int deeper(int depth) {
    return depth == 0 ? 0 : 1 + deeper(depth + 1);
  }

  @Test
  void assumes() {
    assumeTrue(false, "no till here");
  }

  @Test
  @Disabled("out of order")
  void isDisabled() {}
}
