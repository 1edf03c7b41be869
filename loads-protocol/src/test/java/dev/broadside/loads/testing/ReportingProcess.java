package dev.broadside.loads.testing;

import dev.broadside.loads.Hit;
import dev.broadside.loads.LoadsEnvironment;
import dev.broadside.loads.LoadsReporter;
import dev.broadside.messaging.Account;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A process that reports hits as fast as it can, calls {@code close} and returns from main at once.
 * Prints the account.
 *
 * <p>Arguments: how many hits, how many of them make a batch.
 */
public final class ReportingProcess {
  private ReportingProcess() {}

  /** Starts one under these variables. */
  public static Process start(Map<String, String> environment, int hits, int batch)
      throws IOException {
    ProcessBuilder process =
        new ProcessBuilder(
            List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                ReportingProcess.class.getName(),
                Integer.toString(hits),
                Integer.toString(batch)));
    process.environment().putAll(environment);
    return process.redirectErrorStream(true).start();
  }

  /** The process. */
  public static void main(String... args) {
    int hits = Integer.parseInt(args[0]);
    int batch = Integer.parseInt(args[1]);
    LoadsReporter reporter = reporter(batch);
    for (int i = 1; i <= hits; i++) {
      reporter.currentHit(i);
      reporter.addHit(
          new Hit("http://127.0.0.1/x", "GET", 200, Instant.now(), Duration.ofMillis(12)));
    }
    reporter.close();
    Account account = reporter.account();
    System.out.println(account);
  }

  private static LoadsReporter reporter(int batch) {
    if (batch == 1) return LoadsReporter.fromEnvironment();
    return LoadsReporter.builder(LoadsEnvironment.current())
        .batch(batch, Duration.ofMillis(50))
        .open();
  }
}
