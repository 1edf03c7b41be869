package dev.broadside.oct.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** {@code oct.jar} as a process of its own. Every wait has a bound and says what did arrive. */
final class OctProcess implements AutoCloseable {
  private static final long BOUND_SECONDS = 60;

  private final List<String> command;
  private final Process process;
  private final List<String> out = new ArrayList<>();
  private final List<String> err = new ArrayList<>();
  private final Thread outReader;
  private final Thread errReader;

  private OctProcess(List<String> command, Process process) {
    this.command = command;
    this.process = process;
    outReader = read(process.getInputStream(), out);
    errReader = read(process.getErrorStream(), err);
  }

  static OctProcess start(Path folder, Object... arguments) throws IOException {
    Path jar = Path.of("target", "oct.jar").toAbsolutePath();
    if (!Files.exists(jar)) throw new IllegalStateException("mvn package builds " + jar);
    List<String> command = new ArrayList<>(defaultSignals());
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of("-jar", jar.toString()));
    for (Object argument : arguments) command.add(argument.toString());
    return new OctProcess(command, new ProcessBuilder(command).directory(folder.toFile()).start());
  }

  /** A build in the background of a shell ignores SIGINT, and so would its children. */
  private static List<String> defaultSignals() throws IOException {
    List<String> env = List.of("env", "--default-signal=INT");
    Process trial = new ProcessBuilder("env", "--default-signal=INT", "true").start();
    try {
      return trial.waitFor() == 0 ? env : List.of();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Thread read(InputStream stream, List<String> lines) {
    Thread thread = new Thread(() -> readAll(stream, lines), "oct-output");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void readAll(InputStream stream, List<String> lines) {
    try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        synchronized (this) {
          lines.add(line);
          notifyAll();
        }
      }
    } catch (IOException e) {
      // the process was destroyed
    }
  }

  /** Waits for a line on stdout with this in it, and returns it. */
  synchronized String awaitLine(String part) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(BOUND_SECONDS);
    Predicate<String> wanted = line -> line.contains(part);
    while (out.stream().noneMatch(wanted)) {
      long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (millis <= 0) throw new AssertionError("no line with \"" + part + "\" in " + this);
      wait(Math.min(millis, 100));
    }
    return out.stream().filter(wanted).findFirst().orElseThrow();
  }

  void interrupt() throws IOException {
    Process unused = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
  }

  void terminate() {
    process.toHandle().destroy(); // Process.destroy would close its output as well
  }

  /** Two at once: of the same kind they would become one, now and then. */
  void terminateWithAnEcho() throws IOException {
    String both = "kill -TERM %1$d; kill -INT %1$d".formatted(process.pid());
    Process unused = new ProcessBuilder("sh", "-c", both).start();
  }

  void kill() {
    process.toHandle().destroyForcibly();
  }

  int awaitExit() throws InterruptedException {
    if (!process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("does not end: " + this);
    }
    outReader.join(TimeUnit.SECONDS.toMillis(BOUND_SECONDS));
    errReader.join(TimeUnit.SECONDS.toMillis(BOUND_SECONDS));
    return process.exitValue();
  }

  synchronized String out() {
    return String.join("\n", out);
  }

  synchronized List<String> err() {
    return List.copyOf(err);
  }

  @Override
  public synchronized String toString() {
    return command + "\nstdout:\n" + out() + "\nstderr:\n" + String.join("\n", err);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
