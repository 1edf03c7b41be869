package dev.broadside.loads.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.loads.testing.StrictReceiver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a user's process costs, with an archive of its classes, beside {@code java -version} in the
 * same run. The bounds are ten times what docs/benchmarks.md aims at.
 */
class StartCostIT {
  private static final int ROUNDS = 5;
  private static final int HITS = 30; // so that the limit is far away
  private static final double MOST = 30;
  private static final String CHECKOUT = "com.acme.load.Checkout";
  private static final int FIRST_WITH_AOT_CACHE = 24;

  @TempDir Path folder;

  @Test
  void anArchivedTransaction_startsLikeJavaItself() throws Exception {
    try (StrictReceiver receiver = StrictReceiver.onTcp()) {
      Map<String, String> variables = new HashMap<>(receiver.environment(HITS));
      Path archive = folder.resolve("archive");
      boolean aot = Runtime.version().feature() >= FIRST_WITH_AOT_CACHE;
      time(runner(aot ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=", archive), variables);
      assertThat(archive).isNotEmptyFile();
      List<String> archived = runner(aot ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=", archive);
      List<String> version = List.of(RunnerProcess.java(), "-version");
      long[] ours = new long[ROUNDS];
      long[] theirs = new long[ROUNDS];
      for (int i = 0; i < ROUNDS; i++) {
        ours[i] = time(archived, variables);
        theirs[i] = time(version, variables);
      }
      assertThat((double) median(ours) / median(theirs))
          .as("%s and %s ns", Arrays.toString(ours), Arrays.toString(theirs))
          .isLessThan(MOST);
      assertThat(receiver.awaitMessages((ROUNDS + 1) * HITS * 3L).count("addSuccess"))
          .isEqualTo((ROUNDS + 1) * HITS);
    }
  }

  private static List<String> runner(String option, Path archive) {
    List<String> command = RunnerProcess.command("--stay", "0", CHECKOUT);
    List<String> options = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", option + archive);
    command.addAll(1, options);
    return new ArrayList<>(command);
  }

  private long time(List<String> command, Map<String, String> variables) throws Exception {
    long since = System.nanoTime();
    try (RunnerProcess process = RunnerProcess.startCommand(folder, variables, command)) {
      assertThat(process.awaitExit()).as(() -> process + "\n" + log()).isZero();
    }
    return System.nanoTime() - since;
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("loads-runner.log"));
    } catch (java.io.IOException e) {
      return "no log";
    }
  }

  private static long median(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
