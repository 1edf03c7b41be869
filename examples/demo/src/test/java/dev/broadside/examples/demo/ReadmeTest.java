package dev.broadside.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The code of the README and of the guides is code that the build compiles. */
class ReadmeTest {
  private static final Path ROOT = Path.of("..", "..");
  private static final Path SOURCES = Path.of("src/main/java/dev/broadside/examples/demo");
  private static final Path TESTS = Path.of("src/test/java/dev/broadside/examples/demo");

  @Test
  void firstExample_isFirstTurret() throws Exception {
    String source = Files.readString(SOURCES.resolve("FirstTurret.java"));
    assertShows("README.md", source.substring(source.indexOf("import ")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "junit",
        "headquarters",
        "standalone",
        "open",
        "mix",
        "feeder",
        "thresholds",
        "baseline"
      })
  void examples_areSnippets(String name) throws Exception {
    assertShows("README.md", snippet(name));
  }

  @Test
  void profiles_areSnippets() throws Exception {
    assertShows("docs/load-profiles.md", snippet("profiles"));
  }

  private static void assertShows(String file, String code) throws IOException {
    assertThat(Files.readString(ROOT.resolve(file))).contains("```java\n" + code + "```\n");
  }

  /** What stands between the lines that begin and end it, moved to the left. */
  private static String snippet(String name) throws IOException {
    String source = Files.readString(TESTS.resolve("Snippets.java"));
    String begin = "// begin " + name + "\n";
    assertThat(source).contains(begin);
    String code = source.substring(source.indexOf(begin) + begin.length());
    return code.substring(0, code.indexOf("// end")).stripTrailing().stripIndent() + "\n";
  }
}
