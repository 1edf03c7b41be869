package dev.broadside.examples.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How many results our headquarters takes in, beside a bare PULL that only counts: rounds of both
 * take turns, fed by the same process with the same results, and the medians are compared.
 */
final class HqBenchmark {
  private static final int WARM_UP_ROUNDS = 4;

  private final HqOptions options;
  private final List<HqRound> hq = new ArrayList<>();
  private final List<HqRound> bare = new ArrayList<>();
  private boolean sound = true;

  HqBenchmark(HqOptions options) {
    this.options = options;
  }

  /** False when a result is unaccounted for. */
  boolean run() throws Exception {
    printHead();
    try (FeederProcess feeder = FeederProcess.start()) {
      for (int i = 0; i < WARM_UP_ROUNDS; i++) playRound("warm-up", feeder);
      hq.clear();
      bare.clear();
      for (int i = 1; i <= options.rounds(); i++) playRound("round " + i, feeder);
    }
    printMedians();
    return sound;
  }

  private void playRound(String name, FeederProcess feeder) throws Exception {
    HqRound ours = HqRound.ofHeadquarters(feeder, options);
    HqRound theirs = HqRound.ofBarePull(feeder, options);
    hq.add(ours);
    bare.add(theirs);
    printRates(name, ours.perSecond(), theirs.perSecond());
    check(ours);
    check(theirs);
  }

  private void check(HqRound round) {
    if (round.isAccountedFor()) return;
    sound = false;
    System.err.println("results are unaccounted for: " + round);
  }

  private void printHead() {
    print(
        "headquarters, results with one timer into %s, %d rounds of %d s; Java %s,"
            + " %d processors%n",
        options.into().name().toLowerCase(Locale.ROOT),
        options.rounds(),
        options.seconds(),
        System.getProperty("java.version"),
        Runtime.getRuntime().availableProcessors());
    print("%-8s %12s %12s %9s%n", "", "hq/s", "bare/s", "ratio");
  }

  private static void printRates(String name, double hq, double bare) {
    print("%-8s %,12.0f %,12.0f %9.2f%n", name, hq, bare, hq / bare);
  }

  private void printMedians() {
    double hqMedian = median(hq);
    double bareMedian = median(bare);
    printRates("median", hqMedian, bareMedian);
    print(
        "account: sent %,d, taken %,d%n",
        hq.stream().mapToLong(HqRound::sent).sum(), hq.stream().mapToLong(HqRound::taken).sum());
    print("ratio hq/bare: %.2f%n", hqMedian / bareMedian);
  }

  private static double median(List<HqRound> rounds) {
    return Median.of(rounds.stream().mapToDouble(HqRound::perSecond));
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
