package dev.broadside.oct.hq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.oct.live.LivePage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a Java says that lacks a module which few programs need. */
class MissingModulesTest {
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

  private static String told(String argument) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--limit-modules=java.base",
                "-cp",
                System.getProperty("java.class.path"),
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
    assertThat(told(folder.toString()))
        .isEqualTo(
            "a folder of results needs the module java.sql; add \"requires java.sql\" to"
                + " module-info.java, or start Java with --add-modules java.sql");
  }

  @Test
  void livePage_asksForTheHttpServer() throws Exception {
    assertThat(told("page"))
        .isEqualTo(
            "the live page needs the module jdk.httpserver; add \"requires jdk.httpserver\" to"
                + " module-info.java, or start Java with --add-modules jdk.httpserver");
  }
}
