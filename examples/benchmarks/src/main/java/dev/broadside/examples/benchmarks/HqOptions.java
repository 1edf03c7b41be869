package dev.broadside.examples.benchmarks;

import java.util.Iterator;
import java.util.List;

/**
 * What the benchmark {@code hq} is told.
 *
 * @param seconds how long a round is measured
 * @param rounds how many rounds of each kind count
 * @param into what becomes of the results
 */
record HqOptions(int seconds, int rounds, HqKeeps into) {
  static final String USAGE =
      "java -jar benchmarks.jar hq [--seconds 2] [--rounds 9] [--into histograms|sqlite]";

  private static final int MAX_SECONDS = 50;

  static HqOptions parse(List<String> args) {
    int seconds = 2;
    int rounds = 9;
    HqKeeps into = HqKeeps.HISTOGRAMS;
    for (Iterator<String> rest = args.iterator(); rest.hasNext(); ) {
      String option = rest.next();
      switch (option) {
        case "--seconds" -> seconds = Arguments.number(option, rest);
        case "--rounds" -> rounds = Arguments.number(option, rest);
        case "--into" -> into = into(Arguments.value(option, rest));
        default -> throw new IllegalArgumentException("no option \"" + option + "\"");
      }
    }
    if (seconds > MAX_SECONDS) throw new IllegalArgumentException("--seconds > " + MAX_SECONDS);
    return new HqOptions(seconds, rounds, into);
  }

  private static HqKeeps into(String text) {
    return switch (text) {
      case "histograms" -> HqKeeps.HISTOGRAMS;
      case "sqlite" -> HqKeeps.SQLITE;
      default -> throw new IllegalArgumentException("--into " + text + " is neither place");
    };
  }
}
