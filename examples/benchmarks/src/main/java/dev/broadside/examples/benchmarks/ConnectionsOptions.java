package dev.broadside.examples.benchmarks;

import java.util.Iterator;
import java.util.List;

/**
 * What the benchmark {@code connections} is told.
 *
 * @param connections how many are made of each kind
 * @param messages how many are sent in a round of each kind
 * @param rounds how many rounds of messages count
 */
record ConnectionsOptions(int connections, int messages, int rounds) {
  static final String USAGE =
      "java -jar benchmarks.jar connections"
          + " [--connections 500] [--messages 500000] [--rounds 5]";

  static ConnectionsOptions parse(List<String> args) {
    int connections = 500;
    int messages = 500_000;
    int rounds = 5;
    for (Iterator<String> rest = args.iterator(); rest.hasNext(); ) {
      String option = rest.next();
      switch (option) {
        case "--connections" -> connections = Arguments.number(option, rest);
        case "--messages" -> messages = Arguments.number(option, rest);
        case "--rounds" -> rounds = Arguments.number(option, rest);
        default -> throw new IllegalArgumentException("no option \"" + option + "\"");
      }
    }
    return new ConnectionsOptions(connections, messages, rounds);
  }
}
