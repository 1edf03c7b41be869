package dev.broadside.loads.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without a jar nothing can be installed; the rest is shown by the scripts. */
class InstallCommandTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void classPath_thatIsNotThereIsWarnedOf() throws Exception {
    Path there = Files.createDirectory(folder.resolve("there"));
    String classPath =
        String.join(
            File.pathSeparator, there.toString(), there + "/*", "", "/nowhere/x.jar", "/no/*");
    execute("--classpath", classPath, folder.resolve("bin").toString());
    assertThat(err.toString().lines().filter(line -> line.contains("warning")))
        .containsExactly(
            "java -jar loads-runner.jar install: warning: --classpath names what is not there:"
                + " /nowhere/x.jar",
            "java -jar loads-runner.jar install: warning: --classpath names what is not there:"
                + " /no/*");
  }

  @Test
  void help_namesTheProgram() {
    execute("--help");
    assertThat(out.toString()).startsWith("Usage: java -jar loads-runner.jar install [");
  }

  private void execute(String... arguments) {
    int unused =
        SubCommands.commandLine("install")
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
  }
}
