package dev.broadside.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README's code is code that the build compiles. */
class ReadmeTest {
  private static final Path ROOT = Path.of("..", "..");
  private static final Path SOURCES = Path.of("src/main/java/dev/broadside/examples/demo");

  @Test
  void firstExample_isFirstTurret() throws Exception {
    String source = Files.readString(SOURCES.resolve("FirstTurret.java"));
    String code = source.substring(source.indexOf("import "));
    assertThat(Files.readString(ROOT.resolve("README.md"))).contains("```java\n" + code + "```\n");
  }
}
