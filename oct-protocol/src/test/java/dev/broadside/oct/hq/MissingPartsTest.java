package dev.broadside.oct.hq;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.oct.live.LivePage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a Java says that lacks a module, or a jar, which few programs need. */
class MissingPartsTest {
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  @TempDir private Path folder;

  /** Runs in a Java of its own, and prints what is thrown. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) {
      Headquarters.Builder settings = Headquarters.builder().publishPort(0).resultsPort(0);
      try (Headquarters hq =
          (args[0].equals("page") ? settings : settings.resultsFolder(Path.of(args[0]))).build()) {
        if (args[0].equals("page")) LivePage.builder(hq);
        else hq.start();
      } catch (IllegalStateException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private static String told(String modules, String classPath, String argument)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--limit-modules=" + modules,
                "-cp",
                classPath,
                Program.class.getName(),
                argument)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output.strip();
  }

  @Test
  void resultsFolder_asksForJavaSql() throws Exception {
    assertThat(told("java.base", CLASS_PATH, folder.toString()))
        .isEqualTo(
            "a folder of results needs the module java.sql; add \"requires java.sql\" to"
                + " module-info.java, or start Java with --add-modules java.sql");
  }

  @Test
  void resultsFolder_asksForTheDriver() throws Exception {
    String withoutDriver =
        Stream.of(CLASS_PATH.split(File.pathSeparator))
            .filter(entry -> !entry.contains("sqlite-jdbc"))
            .collect(joining(File.pathSeparator));
    assertThat(told("java.sql", withoutDriver, folder.toString()))
        .startsWith(
            "results in "
                + folder.resolve("results.sqlite")
                + " need a JDBC driver, which is not there; add org.xerial:sqlite-jdbc");
  }

  @Test
  void livePage_asksForTheHttpServer() throws Exception {
    assertThat(told("java.base", CLASS_PATH, "page"))
        .isEqualTo(
            "the live page needs the module jdk.httpserver; add \"requires jdk.httpserver\" to"
                + " module-info.java, or start Java with --add-modules jdk.httpserver");
  }
}
