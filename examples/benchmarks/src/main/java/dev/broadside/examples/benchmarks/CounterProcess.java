package dev.broadside.examples.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A {@link Counter} in a JVM of its own, started from the same jar with the same java. */
final class CounterProcess implements AutoCloseable {
  /** What starts it on the command line. */
  static final String COMMAND = "count";

  private final Process process;
  private final PrintStream input;
  private final BufferedReader output;

  private CounterProcess(Process process) {
    this.process = process;
    this.input = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
    this.output = process.inputReader(StandardCharsets.US_ASCII);
  }

  static CounterProcess start() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    return new CounterProcess(
        new ProcessBuilder(java, "-cp", classPath, Benchmarks.class.getName(), COMMAND)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** Opens a round; the counter waits for a peer now. */
  Ports open(int seconds) throws IOException {
    input.println(seconds);
    return Ports.parse(line());
  }

  /** Waits for the end of the round. */
  Tally tally() throws IOException {
    return Tally.parse(line());
  }

  private String line() throws IOException {
    String line = output.readLine();
    if (line == null) throw new IOException("the counter has died; its own words are above");
    return line;
  }

  @Override
  public void close() {
    input.close(); // that ends it
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }
}
