package dev.broadside.examples.benchmarks;

import dev.broadside.users.UserThreads;
import java.util.Iterator;
import java.util.List;

/**
 * What the benchmark {@code schedule} is told.
 *
 * @param rate how many arrivals there are in a second
 * @param seconds how long each kind of round goes on
 * @param rounds how many rounds of each kind count
 * @param threads what the users run on
 */
record ScheduleOptions(int rate, int seconds, int rounds, UserThreads threads) {
  static final String USAGE =
      "java -jar benchmarks.jar schedule"
          + " [--rate 10000] [--seconds 5] [--rounds 3] [--threads platform|virtual]";

  static ScheduleOptions parse(List<String> args) {
    int rate = 10_000;
    int seconds = 5;
    int rounds = 3;
    UserThreads threads = UserThreads.AUTOMATIC;
    for (Iterator<String> rest = args.iterator(); rest.hasNext(); ) {
      String option = rest.next();
      switch (option) {
        case "--rate" -> rate = Arguments.number(option, rest);
        case "--seconds" -> seconds = Arguments.number(option, rest);
        case "--rounds" -> rounds = Arguments.number(option, rest);
        case "--threads" -> threads = Arguments.threads(option, rest);
        default -> throw new IllegalArgumentException("no option \"" + option + "\"");
      }
    }
    return new ScheduleOptions(rate, seconds, rounds, threads);
  }
}
