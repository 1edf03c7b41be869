package dev.broadside.examples.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The far side in a JVM of its own, started from the same jar with the same java. */
final class PeerJvm implements AutoCloseable {
  private final Process process;
  private final PrintStream input;
  private final BufferedReader output;

  private PeerJvm(Process process) {
    this.process = process;
    this.input = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
    this.output = process.inputReader(StandardCharsets.US_ASCII);
  }

  /** Starts what {@link Benchmarks} knows by this word. */
  static PeerJvm start(String command) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    return new PeerJvm(
        new ProcessBuilder(java, "-cp", classPath, Benchmarks.class.getName(), command)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  void tell(String line) {
    input.println(line);
  }

  String hear() throws IOException {
    String line = output.readLine();
    if (line == null) throw new IOException("the far side has died; its own words are above");
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
