package dev.broadside.oct.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A script of {@code src/test/python} that runs beside the test. */
public final class PythonProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private PythonProcess(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  public static PythonProcess start(String script, Object... arguments) throws IOException {
    return new PythonProcess(
        new ProcessBuilder(PythonZmq.command(script, arguments))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** The next line that it prints; scripts bound their own waits. */
  public String line() throws IOException {
    String line = output.readLine();
    if (line == null) throw new AssertionError("it has ended");
    return line;
  }

  public List<String> lines(int count) throws IOException {
    List<String> lines = new ArrayList<>();
    while (lines.size() < count) lines.add(line());
    return lines;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
