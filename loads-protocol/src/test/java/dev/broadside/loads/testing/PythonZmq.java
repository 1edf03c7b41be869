package dev.broadside.loads.testing;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Finds a Python that can talk through libzmq, to play the peers that are not ours. */
public final class PythonZmq {
  private static final String HINT =
      "no python3 on this machine can `import zmq`; Debian has it in python3-zmq";

  private PythonZmq() {}

  /**
   * The interpreter to call. Without one the test is skipped, and fails in CI.
   *
   * @return its path, or its name on the PATH
   */
  public static String interpreter() {
    for (String candidate : List.of("/usr/bin/python3", "python3", "python")) {
      if (imports(candidate)) return candidate;
    }
    if ("true".equals(System.getenv("CI"))) return fail(HINT);
    return abort(HINT);
  }

  private static boolean imports(String python) {
    try {
      Process process =
          new ProcessBuilder(python, "-c", "import zmq")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The command that runs a script of {@code src/test/python}, its output not buffered. */
  public static List<String> command(String script, Object... arguments) {
    List<String> command =
        new ArrayList<>(List.of(interpreter(), "-u", "src/test/python/" + script));
    for (Object argument : arguments) command.add(argument.toString());
    return command;
  }
}
