package dev.broadside.examples.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * What the benchmark {@code starts} is told.
 *
 * @param runner the executable jar of the Loads runner
 * @param classPath where the test is
 * @param test what each user performs
 * @param starts how many users are started one after the other, of each kind
 * @param atOnce how many are started together
 * @param rounds how often that is done, with each kind
 */
record StartsOptions(
    Path runner, String classPath, String test, int starts, int atOnce, int rounds) {
  static final String USAGE =
      "java -jar benchmarks.jar starts [--runner loads-protocol/target/loads-runner.jar]"
          + " [--classpath PATH --test TEST] [--starts 20] [--at-once 20] [--rounds 5]";

  static StartsOptions parse(List<String> args) {
    Path runner = Path.of("loads-protocol/target/loads-runner.jar");
    String classPath = Path.of(System.getProperty("java.class.path")).toAbsolutePath().toString();
    String test = EmptyTransaction.class.getName();
    int starts = 20;
    int atOnce = 20;
    int rounds = 5;
    for (Iterator<String> rest = args.iterator(); rest.hasNext(); ) {
      String option = rest.next();
      switch (option) {
        case "--runner" -> runner = Path.of(Arguments.value(option, rest));
        case "--classpath" -> classPath = Arguments.value(option, rest);
        case "--test" -> test = Arguments.value(option, rest);
        case "--starts" -> starts = Arguments.number(option, rest);
        case "--at-once" -> atOnce = Arguments.number(option, rest);
        case "--rounds" -> rounds = Arguments.number(option, rest);
        default -> throw new IllegalArgumentException("no option \"" + option + "\"");
      }
    }
    if (!Files.isRegularFile(runner)) {
      throw new IllegalArgumentException("there is no " + runner + ": build it, or name --runner");
    }
    return new StartsOptions(runner.toAbsolutePath(), classPath, test, starts, atOnce, rounds);
  }
}
