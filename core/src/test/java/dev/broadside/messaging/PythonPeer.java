package dev.broadside.messaging;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A peer of libzmq's, by way of Debian's python3-zmq. Ends with the test. */
final class PythonPeer implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private PythonPeer(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  /** Runs a program. Without a python that knows zmq the test is skipped, and fails in CI. */
  static PythonPeer run(String program, Object... arguments) throws IOException {
    Optional<String> python =
        Stream.of("/usr/bin/python3", "python3").filter(PythonPeer::importsZmq).findFirst();
    if (python.isEmpty()) {
      if ("true".equals(System.getenv("CI"))) fail("no python3 here can import zmq");
      abort("no python3 here can import zmq: install python3-zmq");
    }
    List<String> command = new ArrayList<>(List.of(python.get(), "-c", program));
    for (Object argument : arguments) command.add(argument.toString());
    return new PythonPeer(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  private static boolean importsZmq(String python) {
    try {
      Process process = new ProcessBuilder(python, "-c", "import zmq").start();
      return process.waitFor(15, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The next line it prints; it bounds its own waits. */
  String line() throws IOException {
    return output.readLine();
  }

  /** Tells it to go on, where it reads its input. */
  void goOn() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
