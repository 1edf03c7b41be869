package dev.broadside.examples.benchmarks;

import dev.broadside.users.UserThreads;
import java.util.Iterator;
import java.util.List;

/**
 * What the benchmark {@code turret} is told.
 *
 * @param cannons how many cannons fire
 * @param seconds how long a round is measured
 * @param rounds how many rounds of each kind count
 * @param threads what the cannons run on
 */
record TurretOptions(int cannons, int seconds, int rounds, UserThreads threads) {
  static final String USAGE =
      "java -jar benchmarks.jar turret"
          + " [--cannons 50] [--seconds 2] [--rounds 9] [--threads platform|virtual]";

  static TurretOptions parse(List<String> args) {
    int cannons = 50;
    int seconds = 2;
    int rounds = 9;
    UserThreads threads = UserThreads.AUTOMATIC;
    for (Iterator<String> rest = args.iterator(); rest.hasNext(); ) {
      String option = rest.next();
      switch (option) {
        case "--cannons" -> cannons = Arguments.number(option, rest);
        case "--seconds" -> seconds = Arguments.number(option, rest);
        case "--rounds" -> rounds = Arguments.number(option, rest);
        case "--threads" -> threads = Arguments.threads(option, rest);
        default -> throw new IllegalArgumentException("no option \"" + option + "\"");
      }
    }
    return new TurretOptions(cannons, seconds, rounds, threads);
  }
}
