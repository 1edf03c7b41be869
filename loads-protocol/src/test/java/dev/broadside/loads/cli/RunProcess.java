package dev.broadside.loads.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** {@code loads-runner.jar run} as a process of its own. Every wait has a bound. */
final class RunProcess implements AutoCloseable {
  private static final long BOUND_SECONDS = 60;

  private final Process process;
  private final Path out;
  private final Path err;

  private RunProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static RunProcess start(Path folder, Object... arguments) throws IOException {
    Path jar = Path.of("target", "loads-runner.jar").toAbsolutePath();
    if (!Files.exists(jar)) throw new IllegalStateException("mvn package builds " + jar);
    List<String> command = new ArrayList<>(defaultSignals());
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of("-jar", jar.toString(), "run"));
    for (Object argument : arguments) command.add(argument.toString());
    Path out = Files.createTempFile(folder, "run", ".out");
    Path err = Files.createTempFile(folder, "run", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("LOADS_DURATION", "77"); // of a run that it is part of
    return new RunProcess(builder.start(), out, err);
  }

  /** A build in the background of a shell or under nohup ignores these, as its children would. */
  private static List<String> defaultSignals() throws IOException {
    List<String> env = List.of("env", "--default-signal=INT,HUP");
    Process trial = new ProcessBuilder("env", "--default-signal=INT,HUP", "true").start();
    try {
      return trial.waitFor() == 0 ? env : List.of();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  void signal(String name) throws Exception {
    if (kill(name).waitFor() != 0) throw new IllegalStateException("cannot signal " + this);
  }

  private Process kill(String name) throws IOException {
    return new ProcessBuilder("kill", "-s", name, Long.toString(process.pid())).start();
  }

  /** Until one came late enough to be another one. */
  int signalUntilExit(String name) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(BOUND_SECONDS);
    while (!process.waitFor(100, TimeUnit.MILLISECONDS) && System.nanoTime() < deadline) {
      Process unused = kill(name); // it may have ended meanwhile
    }
    return awaitExit();
  }

  /** Waits for something that happens while it runs. */
  void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(BOUND_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline || !process.isAlive()) {
        throw new AssertionError("no " + what + " in " + this);
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  int awaitExit() throws InterruptedException {
    if (!process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("does not end: " + this);
    }
    return process.exitValue();
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  String err() throws IOException {
    return Files.readString(err);
  }

  @Override
  public String toString() {
    try {
      return "loads-runner run\nstdout:\n" + out() + "\nstderr:\n" + err();
    } catch (IOException e) {
      return "loads-runner run, " + e;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
