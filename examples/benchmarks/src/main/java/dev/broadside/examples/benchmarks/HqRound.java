package dev.broadside.examples.benchmarks;

import dev.broadside.metrics.RunResult;
import dev.broadside.oct.hq.Headquarters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * One round of a receiving side.
 *
 * @param perSecond results taken in a second, while time was taken
 * @param sent all results sent
 * @param taken all results taken
 * @param lost those of them that are in no database, though they should be
 */
record HqRound(double perSecond, long sent, long taken, long lost) {
  private static final Duration MARGIN = Duration.ofMillis(500);
  private static final int RECEIVE_BUFFER_BYTES = 256 * 1024; // as those of a headquarters

  /** Our headquarters. */
  static HqRound ofHeadquarters(FeederProcess feeder, HqOptions options) throws IOException {
    Path folder = Files.createTempDirectory("benchmark");
    try {
      return ofHeadquarters(feeder, options, folder);
    } finally {
      delete(folder);
    }
  }

  private static HqRound ofHeadquarters(FeederProcess feeder, HqOptions options, Path folder)
      throws IOException {
    Meter meter = new Meter(options.seconds());
    Headquarters.Builder settings =
        Headquarters.builder()
            .publishPort(0)
            .resultsPort(0)
            .runTime(Duration.ofSeconds(options.seconds()).plus(MARGIN))
            .onResult(meter);
    options.into().set(settings, folder);
    try (Headquarters hq = settings.build()) {
      hq.start();
      feeder.connect(new Ports(hq.publishPort(), hq.resultsPort()));
      RunResult result = hq.run();
      long notStored = result.counters().getOrDefault("results not stored", 0L);
      return new HqRound(meter.perSecond(), feeder.sent(), result.all().count(), notStored);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }

  /** A bare PULL. */
  static HqRound ofBarePull(FeederProcess feeder, HqOptions options) throws IOException {
    try (Counter counter = new Counter(RECEIVE_BUFFER_BYTES)) {
      feeder.connect(counter.ports());
      Tally tally = counter.count(options.seconds());
      return new HqRound(tally.perSecond(), feeder.sent(), tally.received(), 0);
    }
  }

  boolean isAccountedFor() {
    return taken == sent && lost == 0;
  }
}
