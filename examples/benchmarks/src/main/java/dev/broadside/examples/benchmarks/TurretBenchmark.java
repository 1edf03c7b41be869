package dev.broadside.examples.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How many results a turret delivers, beside a bare PUSH of ready-made bytes of the same size:
 * rounds of both take turns, into the same counter, and the medians are compared.
 */
final class TurretBenchmark {
  /** The rates still rise after ten seconds: that long the compiler takes. */
  private static final int WARM_UP_ROUNDS = 4;

  private final TurretOptions options;
  private final List<RoundResult> turret = new ArrayList<>();
  private final List<RoundResult> raw = new ArrayList<>();
  private boolean sound = true;

  TurretBenchmark(TurretOptions options) {
    this.options = options;
  }

  /** False when a message is unaccounted for, or a cannon never fired. */
  boolean run() throws Exception {
    printHead();
    try (CounterProcess counter = CounterProcess.start()) {
      for (int i = 0; i < WARM_UP_ROUNDS; i++) playRound("warm-up", counter);
      turret.clear();
      raw.clear();
      for (int i = 1; i <= options.rounds(); i++) playRound("round " + i, counter);
    }
    printMedians();
    return sound;
  }

  private void playRound(String name, CounterProcess counter) throws Exception {
    RoundResult fired = TurretRound.fire(counter, options);
    RoundResult pushed = RawRound.fire(counter, options.seconds(), fired.tally().messageSize());
    turret.add(fired);
    raw.add(pushed);
    print(
        "%-8s %,12.0f %,12.0f %9.2f %,12d %,12d%n",
        name,
        fired.perSecond(),
        pushed.perSecond(),
        fired.perSecond() / pushed.perSecond(),
        fired.fired().getMin(),
        fired.fired().getMax());
    check(fired.isAccountedFor(), "results are unaccounted for: " + fired);
    check(fired.allFired(options.cannons()), "a cannon did not fire: " + fired);
    check(pushed.isAccountedFor(), "raw messages are unaccounted for: " + pushed);
  }

  private void check(boolean holds, String fault) {
    if (holds) return;
    sound = false;
    System.err.println(fault);
  }

  private void printHead() {
    print(
        "turret of %d cannons on %s threads, %d rounds of %d s; Java %s, %d processors%n",
        options.cannons(),
        options.threads().name().toLowerCase(Locale.ROOT),
        options.rounds(),
        options.seconds(),
        System.getProperty("java.version"),
        Runtime.getRuntime().availableProcessors());
    print(
        "%-8s %12s %12s %9s %12s %12s%n",
        "", "turret/s", "raw/s", "ratio", "fewest", "most of one cannon");
  }

  private void printMedians() {
    double turretMedian = median(turret);
    double rawMedian = median(raw);
    print("%-8s %,12.0f %,12.0f%n", "median", turretMedian, rawMedian);
    print(
        "results of one cannon: fewest %,d, most %,d%n",
        turret.stream().mapToLong(round -> round.fired().getMin()).min().orElse(0),
        turret.stream().mapToLong(round -> round.fired().getMax()).max().orElse(0));
    turret.stream()
        .map(RoundResult::account)
        .reduce((a, b) -> a.plus(b))
        .ifPresent(
            account ->
                print(
                    "account: produced %,d = received %,d + dropped %,d + unsent %,d%n",
                    account.produced(),
                    turret.stream().mapToLong(round -> round.tally().received()).sum(),
                    account.dropped(),
                    account.unsent()));
    print("ratio turret/raw: %.2f%n", turretMedian / rawMedian);
  }

  private static double median(List<RoundResult> rounds) {
    return Median.of(rounds.stream().mapToDouble(RoundResult::perSecond));
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
