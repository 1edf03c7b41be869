package dev.broadside.loads;

import dev.broadside.loads.protocol.LoadsStatus;
import dev.broadside.messaging.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Loads tells a runner: the variables {@code LOADS_*} of its process. Immutable. Source:
 * docs/protocols.md 2.1.
 */
public final class LoadsEnvironment {
  private static final String RECEIVER = "LOADS_ZMQ_RECEIVER";
  private static final String AGENT_ID = "LOADS_AGENT_ID";
  private static final String RUN_ID = "LOADS_RUN_ID";
  private static final String TOTAL_USERS = "LOADS_TOTAL_USERS";
  private static final String CURRENT_USER = "LOADS_CURRENT_USER";
  private static final String TOTAL_HITS = "LOADS_TOTAL_HITS";
  private static final String DURATION = "LOADS_DURATION";

  private static final Duration LIMIT_BEYOND_DURATION = Duration.ofSeconds(2);
  private static final Duration LIMIT_OF_A_HIT = Duration.ofSeconds(2);
  private static final Duration BEFORE_THE_LIMIT = Duration.ofMillis(200);
  private static final Duration SHORTEST_STAY = Duration.ofMillis(100);
  private static final long RECEIVED_A_MILLISECOND = 10; // by the original, at its slowest

  private final Endpoint receiver;
  private final String agentId;
  private final String runId;
  private final int totalUsers;
  private final int currentUser;
  private final int totalHits;
  private final @Nullable Duration duration;
  private final @Nullable Instant startedAt;

  private LoadsEnvironment(Variables variables, @Nullable Instant startedAt) {
    Endpoint parsed = variables.endpoint(RECEIVER);
    this.agentId = variables.text(AGENT_ID, "None");
    this.runId = variables.text(RUN_ID, "");
    this.totalUsers = variables.number(TOTAL_USERS, 1);
    this.currentUser = variables.number(CURRENT_USER, 1);
    this.duration = variables.has(DURATION) ? variables.seconds(DURATION) : null;
    this.totalHits = duration == null ? variables.number(TOTAL_HITS, 1) : 0;
    this.startedAt = startedAt;
    if (parsed == null || !variables.faults.isEmpty()) {
      throw new LoadsEnvironmentException(variables.faults);
    }
    this.receiver = parsed;
  }

  /**
   * The environment of the user on whose behalf the calling thread runs: the one entered by {@link
   * LoadsUsers}, and where nobody ever entered one, this process's own.
   *
   * @throws LoadsEnvironmentException if a variable is missing or wrong, naming all that are; or if
   *     this JVM runs many users and the thread belongs to none
   */
  public static LoadsEnvironment current() {
    LoadsEnvironment entered = LoadsUsers.environment();
    return entered != null ? entered : new LoadsEnvironment(new Variables(System.getenv()), null);
  }

  /**
   * Reads the variables from a map; the step's time counts from now.
   *
   * @throws LoadsEnvironmentException if one is missing or wrong, naming all that are
   */
  public static LoadsEnvironment from(Map<String, String> variables) {
    return from(variables, Instant.now());
  }

  /**
   * Reads the variables from a map.
   *
   * @param startedAt when the user's process was started, from which the step's time counts
   * @throws LoadsEnvironmentException if one is missing or wrong, naming all that are
   */
  public static LoadsEnvironment from(Map<String, String> variables, Instant startedAt) {
    return new LoadsEnvironment(new Variables(variables), startedAt);
  }

  /** Where all messages go. */
  public Endpoint receiver() {
    return receiver;
  }

  /** The agent; the text {@code None} under a standalone {@code loads-runner}. */
  public String agentId() {
    return agentId;
  }

  /** The run; empty under a standalone {@code loads-runner}. */
  public String runId() {
    return runId;
  }

  /** How many users the step has. */
  public int totalUsers() {
    return totalUsers;
  }

  /** Which of them this one is, from 1. */
  public int currentUser() {
    return currentUser;
  }

  /** How often the test is run; 0 where a duration says how long. */
  public int totalHits() {
    return totalHits;
  }

  /** For how long the test is run, if it is not counted. Wins over a number of hits beside it. */
  public Optional<Duration> duration() {
    return Optional.ofNullable(duration);
  }

  /** When this user's process was started. */
  public Instant startedAt() {
    if (startedAt != null) return startedAt;
    return ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
  }

  /** How long after its start Loads ends the step's processes. */
  public Duration timeLimit() {
    if (duration != null) return duration.plus(LIMIT_BEYOND_DURATION);
    return LIMIT_OF_A_HIT.multipliedBy(totalHits);
  }

  /** What messages say of the given hit. */
  public LoadsStatus status(int currentHit) {
    return new LoadsStatus(totalHits, totalUsers, currentHit, currentUser);
  }

  /**
   * How long the process should stay alive after its last message, since the original receiver
   * stops, whatever it has not read, soon after the last process has ended: as long as all users'
   * messages may take it, at least 100 ms, until 200 ms before the limit. Source: docs/protocols.md
   * 2.3.
   *
   * @param messages how many this user sent
   */
  public Duration stay(long messages, Instant now) {
    Duration needed = readingTime(messages);
    if (needed.compareTo(SHORTEST_STAY) < 0) needed = SHORTEST_STAY;
    Duration left = timeLeft(now);
    return needed.compareTo(left) < 0 ? needed : left;
  }

  /** How long the original receiver may need to read so many messages of each user. */
  Duration readingTime(long messages) {
    return Duration.ofMillis(messages * totalUsers / RECEIVED_A_MILLISECOND);
  }

  /** How long until 200 ms before the limit; zero when that is over. */
  Duration timeLeft(Instant now) {
    Instant latest = startedAt().plus(timeLimit()).minus(BEFORE_THE_LIMIT);
    Duration left = Duration.between(now, latest);
    return left.isNegative() ? Duration.ZERO : left;
  }

  @Override
  public String toString() {
    return "user " + currentUser + " of " + totalUsers + ", reporting to " + receiver;
  }

  /** The variables, and what was found wrong with them. */
  private static final class Variables {
    private final Map<String, String> values;
    private final List<String> faults = new ArrayList<>();

    Variables(Map<String, String> values) {
      this.values = values;
    }

    boolean has(String name) {
      String value = values.get(name);
      return value != null && !value.isBlank();
    }

    String text(String name, String absent) {
      String value = values.get(name);
      return value == null ? absent : value;
    }

    @Nullable Endpoint endpoint(String name) {
      if (!has(name)) {
        faults.add(name + " is not set (an endpoint such as tcp://127.0.0.1:5555)");
        return null;
      }
      String value = text(name, "");
      try {
        return Endpoint.parse(value);
      } catch (IllegalArgumentException e) {
        faults.add(name + " is \"" + value + "\": " + e.getMessage());
        return null;
      }
    }

    int number(String name, int least) {
      if (!has(name)) {
        faults.add(name + " is not set (a whole number from " + least + ")");
        return least;
      }
      String value = text(name, "").strip();
      try {
        int number = Integer.parseInt(value);
        if (number >= least) return number;
      } catch (NumberFormatException e) {
        // told below, with numbers that are too small
      }
      faults.add(name + " is \"" + value + "\", not a whole number from " + least);
      return least;
    }

    Duration seconds(String name) {
      return Duration.ofSeconds(number(name, 0));
    }
  }
}
