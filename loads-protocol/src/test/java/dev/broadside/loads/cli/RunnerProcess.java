package dev.broadside.loads.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code java -jar loads-runner.jar} as Loads starts it: stdin and stdout lead nowhere. */
final class RunnerProcess implements AutoCloseable {
  private static final long BOUND_SECONDS = 60;

  private final List<String> command;
  private final Path err;
  private final Process process;

  private RunnerProcess(List<String> command, Path folder, Map<String, String> variables) {
    this.command = command;
    try {
      err = Files.createTempFile(folder, "stderr", ".txt");
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("LOADS_"));
      builder.environment().remove("CLASSPATH"); // Surefire may have set it
      builder.environment().putAll(variables);
      process =
          builder
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(err.toFile())
              .start();
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RunnerProcess start(Path folder, Map<String, String> variables, String... arguments) {
    return new RunnerProcess(command(arguments), folder, variables);
  }

  /** Any command in the runner's place. */
  static RunnerProcess startCommand(
      Path folder, Map<String, String> variables, List<String> command) {
    return new RunnerProcess(command, folder, variables);
  }

  /** The runner's command line, its tests those of this module. */
  static List<String> command(String... arguments) {
    Path jar = Path.of("target", "loads-runner.jar").toAbsolutePath();
    if (!Files.exists(jar)) throw new IllegalStateException("mvn package builds " + jar);
    List<String> command = new ArrayList<>();
    command.add(java());
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(List.of("--classpath", Path.of("target", "test-classes").toAbsolutePath() + ""));
    command.addAll(List.of(arguments));
    return command;
  }

  static String java() {
    return ProcessHandle.current().info().command().orElseThrow();
  }

  long pid() {
    return process.pid();
  }

  /** A SIGTERM, as Loads sends it. */
  void terminate() {
    process.toHandle().destroy();
  }

  int awaitExit() throws InterruptedException {
    if (!process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("does not end: " + this);
    }
    return process.exitValue();
  }

  String err() {
    try {
      return Files.readString(err, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return command + "\nstderr:\n" + err();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
