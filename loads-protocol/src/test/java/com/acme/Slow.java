package com.acme;

import dev.broadside.loads.LoadsReporter;
import dev.broadside.loads.junit.LoadsExtension;
import dev.broadside.loads.junit.LoadsTests;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests that wait for ever, unless they are interrupted. */
class Slow {
  private Slow() {}

  private static void waitForEver(String test) throws InterruptedException {
    LoadsTests.reporter().incrCounter(test, "waits");
    new CountDownLatch(1).await();
  }

  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class WithoutExtension {
    @Test
    @Order(1)
    void first() throws InterruptedException {
      waitForEver("first");
    }

    @Test
    @Order(2)
    void second() throws InterruptedException {
      waitForEver("second");
    }

    @AfterAll
    static void closes() {
      LoadsTests.reporter().incrCounter("class", "closes");
    }
  }

  @ExtendWith(LoadsExtension.class)
  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class WithExtension {
    @Test
    @Order(1)
    void first(LoadsReporter reporter) {
      try {
        waitForEver("first");
      } catch (InterruptedException e) {
        // swallowed, as test code does at times
      }
    }

    @Test
    @Order(2)
    void second(LoadsReporter reporter) {
      reporter.incrCounter("second", "runs");
    }
  }

  static class Unordered {
    @Test
    void first() throws InterruptedException {
      waitForEver("first");
    }

    @Test
    void second() throws InterruptedException {
      waitForEver("second");
    }
  }

  static class Stubborn {
    static volatile boolean open;

    @Test
    void first() {
      LoadsTests.reporter().incrCounter("first", "waits");
      while (!open) Thread.onSpinWait();
    }
  }

  static class Interrupting {
    @Test
    void first() {
      Thread.currentThread().interrupt();
    }

    @Test
    void second() throws InterruptedException {
      throw new InterruptedException("by itself");
    }

    @Test
    void third() {}
  }
}
