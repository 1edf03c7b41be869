package com.acme;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Classes that fail around their tests. */
class Broken {
  private Broken() {}

  static class BeforeTests {
    @BeforeAll
    static void opens() {
      throw new IllegalStateException("no shop");
    }

    @Test
    void sells() {}
  }

  static class AfterTests {
    @Test
    void sells() {}

    @AfterAll
    static void closes() {
      fail("the door is stuck");
    }
  }

  static class Constructor {
    Constructor() {
      throw new IllegalStateException("no shop");
    }

    @Test
    void sells() {}
  }

  static class Extension {
    @RegisterExtension static Object notAnExtension = "text";

    @Test
    void sells() {}
  }

  static class Arguments {
    static Stream<String> goods() {
      throw new IllegalStateException("no goods");
    }

    @ParameterizedTest
    @MethodSource("goods")
    void sells(String good) {}
  }

  static class Parameter {
    @Test
    void sells(StringBuilder nobodyKnows) {}
  }

  static class Assumption {
    @BeforeAll
    static void opens() {
      assumeTrue(false, "closed on Sundays");
    }

    @Test
    void sells() {}
  }

  static class Memory {
    @Test
    void sells() {
      throw new OutOfMemoryError("pretended");
    }
  }
}
