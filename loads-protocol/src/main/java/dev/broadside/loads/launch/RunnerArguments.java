package dev.broadside.loads.launch;

import dev.broadside.loads.TimersAs;
import dev.broadside.users.LoadProfile;
import dev.broadside.users.LoadUnits;
import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a runner is told on its command line, the same for the runner of one process, the resident
 * one and their scripts.
 *
 * @param test the one argument that is no option
 * @param classPath its places, divided as the system divides them: {@code --classpath}, else the
 *     variable {@code BROADSIDE_CLASSPATH}, else {@code CLASSPATH}, else empty
 * @param log {@code --log}, else the variable {@code BROADSIDE_LOG}, else {@value #DEFAULT_LOG}
 * @param timers what becomes of a transaction's timers, {@code --timers}
 * @param stay how long to stay alive after the last message, {@code --stay} in seconds; null where
 *     the runner decides
 * @param profile when hits begin: {@code --pacing}, {@code --think-time} or {@code --rate}; null
 *     where they follow one another
 */
public record RunnerArguments(
    String test,
    String classPath,
    String log,
    TimersAs timers,
    @Nullable Duration stay,
    @Nullable LoadProfile profile) {
  /** The name of the log, in the working folder, where nothing else is said. */
  public static final String DEFAULT_LOG = "loads-runner.log";

  private static final String CLASS_PATH = "--classpath";
  private static final String LOG = "--log";
  private static final String TIMERS = "--timers";
  private static final String STAY = "--stay";
  private static final String PACING = "--pacing";
  private static final String THINK_TIME = "--think-time";
  private static final String RATE = "--rate";
  private static final long MAX_STAY_SECONDS = 1_000_000;

  /** Checks that nothing but the stay and the profile is null. */
  public RunnerArguments {
    Objects.requireNonNull(test, "test");
    Objects.requireNonNull(classPath, "classPath");
    Objects.requireNonNull(log, "log");
    Objects.requireNonNull(timers, "timers");
  }

  /**
   * Reads a command line: {@code [--classpath PATH] [--log FILE] [--timers hits|counters|nothing]
   * [--stay SECONDS] [--pacing TIME | --think-time TIME | --rate RATE] TEST}. A time is one such as
   * {@code 100ms}, or a range, {@code 50ms,150ms}; a rate one such as {@code 100/s}. An option and
   * its value may be one argument, divided by {@code =}.
   *
   * @param variables the environment
   * @throws WrongArgumentsException saying what is wrong
   */
  public static RunnerArguments parse(List<String> arguments, Map<String, String> variables)
      throws WrongArgumentsException {
    Reading reading = new Reading();
    for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
      reading.take(rest.next(), rest);
    }
    if (reading.test == null) throw new WrongArgumentsException("no TEST is named");
    return new RunnerArguments(
        reading.test,
        orElse(reading.classPath, variables, "BROADSIDE_CLASSPATH", "CLASSPATH", ""),
        logOf(reading.log, variables),
        reading.timers,
        reading.stay,
        reading.profile);
  }

  /** The log that a command line names, however wrong it is otherwise. */
  static String logOf(List<String> arguments, Map<String, String> variables) {
    int at = arguments.indexOf(LOG);
    if (at >= 0 && at + 1 < arguments.size()) return logOf(arguments.get(at + 1), variables);
    for (String argument : arguments) {
      if (argument.startsWith("--log=")) return logOf(argument.substring(6), variables);
    }
    return logOf((String) null, variables);
  }

  private static String logOf(@Nullable String given, Map<String, String> variables) {
    return orElse(given, variables, "BROADSIDE_LOG", "BROADSIDE_LOG", DEFAULT_LOG);
  }

  private static String orElse(
      @Nullable String given,
      Map<String, String> variables,
      String first,
      String second,
      String otherwise) {
    if (given != null) return given;
    String value = variables.get(first);
    if (value == null || value.isEmpty()) value = variables.get(second);
    return value == null || value.isEmpty() ? otherwise : value;
  }

  /**
   * The log's file.
   *
   * @param folder where a relative one starts
   */
  public Path logFile(Path folder) {
    return folder.resolve(log);
  }

  /**
   * The places of the class path. One that ends in {@code *} is all the jars of a folder, as for
   * the {@code java} command.
   *
   * @param folder where relative ones start
   * @throws InvalidPathException if one is no path on this system
   */
  public List<Path> classPathIn(Path folder) {
    List<Path> places = new ArrayList<>();
    int start = 0;
    while (start <= classPath.length()) {
      int end = classPath.indexOf(File.pathSeparatorChar, start);
      if (end < 0) end = classPath.length();
      if (end > start) addPlace(classPath.substring(start, end), folder, places);
      start = end + 1;
    }
    return places;
  }

  private static void addPlace(String place, Path folder, List<Path> places) {
    boolean all = place.equals("*") || place.endsWith(File.separator + "*");
    if (!all) {
      places.add(folder.resolve(place).normalize());
      return;
    }
    Path jars = folder.resolve(place.substring(0, place.length() - 1)).normalize();
    String[] names = jars.toFile().list();
    if (names == null) return;
    java.util.Arrays.sort(names);
    for (String name : names) {
      if (name.endsWith(".jar") || name.endsWith(".JAR")) places.add(jars.resolve(name));
    }
  }

  /** What was read so far. */
  private static final class Reading {
    @Nullable String test;
    @Nullable String classPath;
    @Nullable String log;
    @Nullable Duration stay;
    TimersAs timers = TimersAs.HITS;
    @Nullable LoadProfile profile;
    private boolean optionsEnded;

    void take(String argument, Iterator<String> rest) throws WrongArgumentsException {
      if (optionsEnded || !argument.startsWith("-")) takeTest(argument);
      else if (argument.equals("--")) optionsEnded = true;
      else takeOption(argument, rest);
    }

    private void takeTest(String argument) throws WrongArgumentsException {
      if (argument.isBlank()) throw new WrongArgumentsException("TEST is empty");
      if (test != null) {
        throw new WrongArgumentsException(
            "two tests are named, " + test + " and " + argument + "; a runner takes one");
      }
      test = argument;
    }

    private void takeOption(String argument, Iterator<String> rest) throws WrongArgumentsException {
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      if (!isKnown(name)) throw new WrongArgumentsException("unknown option " + name);
      if (equals < 0 && !rest.hasNext()) throw new WrongArgumentsException(name + " has no value");
      set(name, equals < 0 ? rest.next() : argument.substring(equals + 1));
    }

    private static boolean isKnown(String name) {
      return name.equals(CLASS_PATH)
          || name.equals("-cp")
          || name.equals(LOG)
          || name.equals(TIMERS)
          || name.equals(STAY)
          || name.equals(PACING)
          || name.equals(THINK_TIME)
          || name.equals(RATE);
    }

    private void set(String name, String value) throws WrongArgumentsException {
      switch (name) {
        case LOG -> log = value;
        case TIMERS -> timers = timers(value);
        case STAY -> stay = seconds(value);
        case PACING, THINK_TIME, RATE -> profile = profile(name, value);
        default -> classPath = value;
      }
    }

    private LoadProfile profile(String name, String value) throws WrongArgumentsException {
      if (profile != null) {
        throw new WrongArgumentsException(
            "expected one of " + PACING + ", " + THINK_TIME + " and " + RATE);
      }
      try {
        return switch (name) {
          case PACING -> paced(value, LoadProfile.closed()::pacing);
          case THINK_TIME -> paced(value, LoadProfile.closed()::thinkTime);
          default -> rate(value);
        };
      } catch (IllegalArgumentException e) {
        throw new WrongArgumentsException(name + ": " + e.getMessage());
      }
    }

    private static LoadProfile paced(
        String value, BiFunction<Duration, Duration, LoadProfile> profile) {
      int comma = value.indexOf(',');
      String least = comma < 0 ? value : value.substring(0, comma);
      return profile.apply(LoadUnits.time(least), LoadUnits.time(value.substring(comma + 1)));
    }

    private static LoadProfile rate(String value) {
      double rate = LoadUnits.rate(value);
      if (rate > 0) return LoadProfile.rate(rate);
      throw new IllegalArgumentException("\"" + value + "\" is no rate above 0");
    }

    private static TimersAs timers(String value) throws WrongArgumentsException {
      for (TimersAs known : TimersAs.values()) {
        if (known.name().equalsIgnoreCase(value)) return known;
      }
      throw new WrongArgumentsException(
          TIMERS + ": " + value + " is none of hits, counters, nothing");
    }

    private static Duration seconds(String value) throws WrongArgumentsException {
      double seconds = -1;
      try {
        seconds = Double.parseDouble(value);
      } catch (NumberFormatException e) {
        // refused below
      }
      if (seconds >= 0 && seconds <= MAX_STAY_SECONDS) {
        return Duration.ofMillis(Math.round(seconds * 1000));
      }
      throw new WrongArgumentsException(STAY + ": " + value + " is not a number of seconds");
    }
  }
}
