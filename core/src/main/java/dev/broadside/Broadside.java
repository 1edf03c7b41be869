package dev.broadside;

import dev.broadside.metrics.RunResult;
import dev.broadside.metrics.Threshold;
import dev.broadside.users.LoadProfile;
import dev.broadside.users.Transaction;
import dev.broadside.users.UserContext;
import dev.broadside.users.UserThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A load test that runs in this process:
 *
 * <pre>{@code
 * RunResult result =
 *     Broadside.of(Checkout::new)
 *         .profile(LoadProfile.users(50).hold(ofMinutes(1)))
 *         .thresholds("p(95) < 200ms", "errors < 1%")
 *         .run();
 * }</pre>
 *
 * <p>It needs no headquarters, opens no port and writes no file, and says nothing unless a {@link
 * RunListener} is given. Immutable: every method gives another one, and each may be run as often as
 * wanted, also several times at once.
 *
 * <p>Whatever fails fails the run by default: without a threshold on errors none of a transaction's
 * may fail, and no start of a schedule may be dropped or still wait at the end.
 */
public final class Broadside {
  private static final Duration DEFAULT_GRACE = Duration.ofSeconds(5);
  private static final String NO_PROFILE =
      " has no profile; give it one, as in"
          + " .profile(LoadProfile.users(10).hold(Duration.ofMinutes(1)))";
  private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

  // never written again once a method has given the copy away
  private List<Scenario> scenarios;
  private String name = "broadside";
  private @Nullable LoadProfile profile;
  private List<Threshold> thresholds = List.of();
  private UserThreads threads = UserThreads.AUTOMATIC;
  private Map<String, @Nullable Object> settings = Map.of();
  private Duration grace = DEFAULT_GRACE;
  private RunListener listener = RunListener.NONE;

  private Broadside(List<Scenario> scenarios) {
    this.scenarios = scenarios;
  }

  private Broadside(Broadside other) {
    this.scenarios = other.scenarios;
    this.name = other.name;
    this.profile = other.profile;
    this.thresholds = other.thresholds;
    this.threads = other.threads;
    this.settings = other.settings;
    this.grace = other.grace;
    this.listener = other.listener;
  }

  /** Runs one kind of transaction; every user has an instance of its own. */
  public static Broadside of(Supplier<? extends Transaction> transaction) {
    return of(Scenario.of(transaction));
  }

  /** The same, made by what knows its user. */
  public static Broadside of(Function<? super UserContext, ? extends Transaction> transaction) {
    return of(Scenario.of(transaction));
  }

  /**
   * Runs scenarios side by side, each with its own users.
   *
   * @throws IllegalArgumentException if there is none, if two have the same name, or if a mix is
   *     empty
   */
  public static Broadside of(Scenario... scenarios) {
    List<Scenario> all = List.of(scenarios);
    Scenario.check(all);
    return new Broadside(all);
  }

  /**
   * What the run is called: the users' group, the beginning of their threads' names, and the label
   * of transactions that are lambdas; with a number where there are several scenarios. Default
   * "broadside".
   */
  public Broadside name(String name) {
    Broadside copy = new Broadside(this);
    copy.name = Scenario.checkName(name);
    return copy;
  }

  /** The load of each scenario that has none of its own. */
  public Broadside profile(LoadProfile profile) {
    Broadside copy = new Broadside(this);
    copy.profile = Scenario.checkProfile(profile);
    return copy;
  }

  /**
   * Further thresholds.
   *
   * @throws IllegalArgumentException quoting one that cannot be read, and saying what is wrong
   */
  public Broadside thresholds(String... thresholds) {
    return thresholds(Stream.of(thresholds).map(Threshold::parse).toList());
  }

  /** Further thresholds. */
  public Broadside thresholds(List<Threshold> thresholds) {
    Broadside copy = new Broadside(this);
    List<Threshold> all = new ArrayList<>(this.thresholds);
    all.addAll(thresholds);
    copy.thresholds = List.copyOf(all);
    return copy;
  }

  /**
   * What the users run on. Default {@link UserThreads#AUTOMATIC}.
   *
   * @throws UnsupportedOperationException if this Java has no virtual threads
   */
  public Broadside threads(UserThreads threads) {
    if (threads == UserThreads.VIRTUAL
        && Runtime.version().feature() < FIRST_WITH_VIRTUAL_THREADS) {
      throw new UnsupportedOperationException(
          "virtual threads need Java 21 or later; this is " + Runtime.version());
    }
    Broadside copy = new Broadside(this);
    copy.threads = Objects.requireNonNull(threads, "threads");
    return copy;
  }

  /** What the transactions find in their context's {@code settings()}. Default nothing. */
  public Broadside settings(Map<String, ? extends @Nullable Object> settings) {
    Broadside copy = new Broadside(this);
    copy.settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    return copy;
  }

  /** How long users may take to finish their iteration once the run is stopped. Default 5 s. */
  public Broadside grace(Duration grace) {
    if (grace.isNegative()) throw new IllegalArgumentException("grace < 0: " + grace);
    Broadside copy = new Broadside(this);
    copy.grace = grace;
    return copy;
  }

  /** Who hears how the run gets on. Default nobody. */
  public Broadside listener(RunListener listener) {
    Broadside copy = new Broadside(this);
    copy.listener = Objects.requireNonNull(listener, "listener");
    return copy;
  }

  /**
   * Runs it to its end. An interrupt of the calling thread ends it in order, as a stop does: the
   * result says so and has failed, and the thread is interrupted again.
   *
   * @throws IllegalStateException if a scenario has no profile, or one that has no end
   */
  public RunResult run() {
    loads().forEach(Load::requireEnd);
    try (LoadRun run = start()) {
      return run.await();
    }
  }

  /**
   * Starts it, on threads that do not keep the JVM alive. A profile without an end is allowed.
   *
   * @throws IllegalStateException if a scenario has no profile, or if the system refuses a thread
   */
  public LoadRun start() {
    return LoadRun.start(this, loads());
  }

  private List<Load> loads() {
    return IntStream.range(0, scenarios.size()).mapToObj(this::load).toList();
  }

  private Load load(int index) {
    Scenario scenario = scenarios.get(index);
    LoadProfile own = scenario.profile() == null ? profile : scenario.profile();
    if (own == null) throw new IllegalStateException(title(index) + NO_PROFILE);
    return new Load(scenario, own, title(index));
  }

  private String title(int index) {
    String own = scenarios.get(index).name();
    if (own != null) return own;
    return scenarios.size() == 1 ? name : name + "-" + (index + 1);
  }

  String name() {
    return name;
  }

  List<Threshold> thresholds() {
    return thresholds;
  }

  UserThreads threads() {
    return threads;
  }

  Map<String, @Nullable Object> settings() {
    return settings;
  }

  Duration grace() {
    return grace;
  }

  RunListener listener() {
    return listener;
  }
}
