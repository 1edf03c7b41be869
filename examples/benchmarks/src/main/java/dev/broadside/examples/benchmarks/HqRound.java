package dev.broadside.examples.benchmarks;

import dev.broadside.metrics.RunResult;
import dev.broadside.oct.hq.Headquarters;
import java.io.IOException;
import java.time.Duration;

/**
 * One round of a receiving side.
 *
 * @param perSecond results taken in a second, while time was taken
 * @param taken all results taken
 * @param sent all results sent
 */
record HqRound(double perSecond, long taken, long sent) {
  private static final Duration MARGIN = Duration.ofMillis(500);

  /** Our headquarters. */
  static HqRound ofHeadquarters(FeederProcess feeder, HqOptions options) throws IOException {
    Meter meter = new Meter(options.seconds());
    try (Headquarters hq =
        Headquarters.builder()
            .publishPort(0)
            .resultsPort(0)
            .runTime(Duration.ofSeconds(options.seconds()).plus(MARGIN))
            .onResult(meter)
            .build()) {
      hq.start();
      feeder.connect(new Ports(hq.publishPort(), hq.resultsPort()));
      RunResult result = hq.run();
      return new HqRound(meter.perSecond(), result.all().count(), feeder.sent());
    }
  }

  /** A bare PULL. */
  static HqRound ofBarePull(FeederProcess feeder, HqOptions options) throws IOException {
    try (Counter counter = new Counter()) {
      feeder.connect(counter.ports());
      Tally tally = counter.count(options.seconds());
      return new HqRound(tally.perSecond(), tally.received(), feeder.sent());
    }
  }

  boolean isAccountedFor() {
    return taken == sent;
  }
}
