package dev.broadside.loads.resident;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A resident JVM for tests of the script: its users do what their arguments say, and write what
 * they did, a line each, into the file that the variable {@code JOURNAL} names.
 */
public final class RehearsedResidence {
  private RehearsedResidence() {}

  /** Started by the script. */
  public static void main(String[] arguments) throws IOException {
    long delay = Long.parseLong(System.getenv().getOrDefault("START_DELAY_MILLIS", "0"));
    long started = System.nanoTime();
    while (System.nanoTime() - started < delay * 1_000_000) Thread.onSpinWait();
    String idle = System.getenv().getOrDefault("BROADSIDE_IDLE", "60");
    Residence.serve(
        Path.of(arguments[0]),
        arguments[1],
        RehearsedUser::new,
        ClassPathState.of(arguments[2], System::nanoTime)::hasChanged,
        TimeUnit.SECONDS.toNanos(Long.parseLong(idle)),
        () -> {});
    System.exit(0);
  }

  private static final class RehearsedUser implements ResidentUser {
    private final LauncherProcess launcher;
    private final Path journal;
    private final List<String> arguments;
    private final CountDownLatch stopped = new CountDownLatch(1);

    RehearsedUser(LauncherProcess launcher) throws IOException {
      this.launcher = launcher;
      this.journal = Path.of(launcher.environment().get("JOURNAL"));
      this.arguments = launcher.arguments();
    }

    @Override
    public int run() throws Exception {
      note("run " + String.join(" ", arguments));
      switch (arguments.get(0)) {
        case "exit" -> System.exit(Integer.parseInt(arguments.get(1)));
        case "halt" -> Runtime.getRuntime().halt(Integer.parseInt(arguments.get(1)));
        case "memory" -> note("got " + new long[Integer.MAX_VALUE - 8].length);
        case "wait" -> {
          if (stopped.await(60, TimeUnit.SECONDS)) return 143;
        }
        default -> {
          return Integer.parseInt(arguments.get(0));
        }
      }
      return 0;
    }

    @Override
    public void stop(String reason) {
      note("stop " + reason);
      stopped.countDown();
    }

    @Override
    public void lost(String reason) {
      note("lost " + reason);
    }

    private void note(String text) {
      try {
        Files.write(
            journal,
            (launcher.pid() + " " + text + "\n").getBytes(StandardCharsets.UTF_8),
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      } catch (IOException e) {
        e.printStackTrace();
      }
    }
  }
}
