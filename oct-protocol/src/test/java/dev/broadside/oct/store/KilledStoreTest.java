package dev.broadside.oct.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.metrics.RunResult;
import dev.broadside.oct.results.RebuiltRun;
import dev.broadside.oct.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a process that is killed leaves behind. */
class KilledStoreTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @TempDir Path folder;

  /** So many results, received by then. */
  private record Received(long results, long nanos) {
    static Received of(String line) {
      String[] words = line.split(" ", 2);
      return new Received(Long.parseLong(words[0]), Long.parseLong(words[1]));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3_000, 60_000})
  void kill_losesNoMoreThanASecond(int resultsASecond) throws Exception {
    Path file = folder.resolve("results.sqlite");
    List<Received> received = receivedUntilKilled(file, resultsASecond);
    Received last = received.get(received.size() - 1);
    long least = 0;
    for (Received each : received)
      if (each.nanos() <= last.nanos() - SECOND) least = each.results();
    assertThat(least).isPositive();
    assertThat(folder).isDirectoryContaining(path -> path.toString().endsWith("-wal"));
    try (StoredRun run = StoredRun.open(DatabaseUri.of(file))) {
      RunResult rebuilt = RebuiltRun.of(run).result();
      assertThat(rebuilt.all().count()).isBetween(least, last.results() + 500);
      assertThat(run.end()).isEmpty();
      assertThat(run.starts()).containsEntry("navigation", 7L);
    }
  }

  private List<Received> receivedUntilKilled(Path file, int resultsASecond) throws Exception {
    Path log = folder.resolve("received.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledStore.class.getName(),
                file.toString(),
                Integer.toString(resultsASecond))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      Await.until("two seconds of results", () -> spanNanos(log) > 2 * SECOND);
    } finally {
      process.destroyForcibly(); // SIGKILL
    }
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return received(log);
  }

  private static long spanNanos(Path log) {
    List<Received> received = received(log);
    if (received.isEmpty()) return 0;
    return received.get(received.size() - 1).nanos() - received.get(0).nanos();
  }

  private static List<Received> received(Path log) {
    List<Received> received = new ArrayList<>();
    for (String line : lines(log)) if (line.matches("\\d+ \\d+")) received.add(Received.of(line));
    return received;
  }

  private static List<String> lines(Path log) {
    try {
      String text = Files.readString(log, UTF_8);
      return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }
}
