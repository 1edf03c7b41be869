package dev.broadside.examples.benchmarks;

import dev.broadside.users.UserThreads;
import java.util.Iterator;
import java.util.Locale;

/** Reads the values of options. */
final class Arguments {
  private Arguments() {}

  static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) throw new IllegalArgumentException(option + " has no value");
    return rest.next();
  }

  static int number(String option, Iterator<String> rest) {
    String text = value(option, rest);
    if (text.matches("[1-9][0-9]{0,7}")) return Integer.parseInt(text);
    throw new IllegalArgumentException(option + " " + text + " is not a number from 1 to 99999999");
  }

  static UserThreads threads(String option, Iterator<String> rest) {
    String text = value(option, rest);
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "platform" -> UserThreads.PLATFORM;
      case "virtual" -> UserThreads.VIRTUAL;
      default -> throw new IllegalArgumentException(option + " " + text + " is neither kind");
    };
  }
}
