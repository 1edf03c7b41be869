package dev.broadside.oct;

import dev.broadside.messaging.ClosedException;
import dev.broadside.messaging.Endpoint;
import dev.broadside.messaging.OverflowPolicy;
import dev.broadside.users.ClosedProfile;
import dev.broadside.users.LoadProfile;
import dev.broadside.users.OpenProfile;
import dev.broadside.users.Transaction;
import dev.broadside.users.UserContext;
import dev.broadside.users.UserThreads;
import dev.broadside.users.script.LoadedScript;
import dev.broadside.users.script.ScriptLoader;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A turret: fires its cannons when a headquarters says so, the original one or ours, and reports
 * every transaction to it. Serves one run after the other until it is killed or closed; nothing of
 * one run reaches another. Any number of them live in one JVM. Thread-safe.
 *
 * <p>Source: OCT, "Writing your own turret"; docs/protocols.md 1.1 to 1.6.
 */
public final class Turret implements AutoCloseable {
  private static final Duration CLOSE_SLACK = Duration.ofSeconds(10);

  private final TurretSettings settings;
  private @Nullable TurretEngine engine;
  private boolean closed;

  private Turret(TurretSettings settings) {
    this.settings = settings;
  }

  /**
   * A turret whose cannons each fire a transaction of their own.
   *
   * @param transactions makes the transaction of a cannon, on that cannon's thread
   */
  public static Builder builder(Supplier<? extends Transaction> transactions) {
    Objects.requireNonNull(transactions, "transactions");
    return new Builder(user -> transactions.get());
  }

  /**
   * A turret whose transactions want to know, when they are made, who fires them.
   *
   * @param transactions makes the transaction of a cannon, on that cannon's thread
   */
  public static Builder builder(Function<? super UserContext, ? extends Transaction> transactions) {
    return new Builder(Objects.requireNonNull(transactions, "transactions"));
  }

  /**
   * The turret that a configuration describes. Its script is loaded at once and released when the
   * turret ends.
   *
   * @throws ConfigException if the configuration does not say where the headquarters is
   * @throws dev.broadside.users.script.ScriptException if the script or the cannon class cannot be
   *     loaded
   */
  public static Turret from(TurretConfig config) {
    return builder(config).build();
  }

  /** As {@link #from}, for more settings than a configuration has. */
  public static Builder builder(TurretConfig config) {
    requireAddress(config);
    LoadedScript script = ScriptLoader.load(config.script(), config.folder());
    Builder builder = new Builder(script.factory());
    builder.resources = script;
    builder.classLoader = script.classLoader();
    if (config.cannonClass() != null) {
      builder.cannon(script.newInstance(config.cannonClass(), Cannon.class));
    }
    return builder
        .name(config.name())
        .script(config.script())
        .headquarters(config.hqAddress(), config.hqPublisher(), config.hqRc())
        .cannons(config.cannons())
        .rampUp(config.rampUp())
        .profile(config.profile())
        .settings(config.settings());
  }

  private static void requireAddress(TurretConfig config) {
    if (!config.hqAddress().isBlank()) return;
    throw new ConfigException(
        config.file(),
        List.of("\"hq_address\" is empty; expected the name or address of the headquarters"));
  }

  /**
   * Connects to the headquarters and obeys its orders from now on. Returns at once; a headquarters
   * that is not there yet is waited for.
   *
   * @throws IllegalStateException if it was started before
   * @throws ClosedException if it is closed
   */
  public synchronized void start() {
    if (closed) throw new ClosedException("turret " + settings.name());
    if (engine != null)
      throw new IllegalStateException("turret " + settings.name() + " was started");
    engine = new TurretEngine(settings);
  }

  /** Waits until this turret is killed, aborted or closed, and everything of it is freed. */
  public void awaitEnd() throws InterruptedException {
    started().awaitEnd();
  }

  /**
   * As {@link #awaitEnd()}, but not longer than this.
   *
   * @return whether it has ended
   */
  public boolean awaitEnd(Duration atMost) throws InterruptedException {
    return started().awaitEnd(atMost);
  }

  /**
   * Waits until the run that goes on has ended, or the next one if none does.
   *
   * @return what became of that run
   * @throws ClosedException if the turret ends first
   */
  public TurretRun awaitRun() throws InterruptedException {
    try {
      return started().runEnd().get();
    } catch (ExecutionException e) {
      throw new ClosedException("turret " + settings.name());
    }
  }

  private synchronized TurretEngine started() {
    if (engine == null) {
      throw new IllegalStateException("turret " + settings.name() + " was not started");
    }
    return engine;
  }

  /** Where it is in its life. */
  public synchronized TurretState state() {
    if (engine != null) return engine.state();
    return closed ? TurretState.ABORTED : TurretState.NEW;
  }

  /** What it has done so far. */
  public synchronized TurretStats stats() {
    if (engine != null) return engine.stats();
    return TurretStats.unstarted(state());
  }

  /** Its display name. */
  public String name() {
    return settings.name();
  }

  /** Its unique id, which orders can be directed at. */
  public String uuid() {
    return settings.uuid();
  }

  /**
   * Ends the run that goes on as a {@code stop} would, tells the headquarters {@code Aborted}, and
   * frees everything. Waits for that, as long as the grace period and the close timeout ask for;
   * called from the turret's own threads it returns at once. May be called twice.
   */
  @Override
  public void close() {
    TurretEngine toEnd;
    synchronized (this) {
      closed = true;
      toEnd = engine;
    }
    if (toEnd == null) return;
    toEnd.requestEnd();
    try {
      boolean unused = toEnd.awaitEnd(closeLimit());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the turret ends all the same
    }
  }

  private Duration closeLimit() {
    return settings
        .grace()
        .plus(settings.abandonAfter())
        .plus(settings.closeTimeout())
        .plus(CLOSE_SLACK);
  }

  /** Settings of a {@link Turret}. */
  public static final class Builder {
    private final Function<? super UserContext, ? extends Transaction> transactions;
    private final Map<String, @Nullable Object> extra = new LinkedHashMap<>();
    private String name = "turret";
    private String uuid = UUID.randomUUID().toString();
    private String script = "embedded";
    private Endpoint orders = Endpoint.tcp("127.0.0.1", 5000);
    private Endpoint results = Endpoint.tcp("127.0.0.1", 5001);
    private int cannons = 1;
    private Duration rampUp = Duration.ZERO;
    private LoadProfile profile = LoadProfile.closed();
    private Cannon cannon = Cannon.CONTINUOUS;
    private UserThreads threads = UserThreads.AUTOMATIC;
    private @Nullable ClassLoader classLoader;
    private @Nullable AutoCloseable resources;
    private OverflowPolicy overflowPolicy = OverflowPolicy.BLOCK;
    private int queueCapacity = 4096;
    private Duration grace = Duration.ofSeconds(5);
    private Duration abandonAfter = Duration.ofSeconds(1);
    private Duration closeTimeout = Duration.ofSeconds(5);
    private Duration headquartersTimeout = Duration.ofSeconds(30);
    private TurretListener listener = TurretListener.NONE;
    private LongSupplier clock = System::nanoTime;
    private InstantSource wallClock = InstantSource.system();

    private Builder(Function<? super UserContext, ? extends Transaction> transactions) {
      this.transactions = transactions;
    }

    /** The display name, by which results are reported. Default "turret". */
    public Builder name(String name) {
      if (name.isBlank()) throw new IllegalArgumentException("name is empty");
      this.name = name;
      return this;
    }

    /** The unique id. Default a random one. */
    public Builder uuid(String uuid) {
      if (uuid.isBlank()) throw new IllegalArgumentException("uuid is empty");
      this.uuid = uuid;
      return this;
    }

    /** What the headquarters is told that this turret fires. Default "embedded". */
    public Builder script(String script) {
      this.script = Objects.requireNonNull(script, "script");
      return this;
    }

    /**
     * Where the headquarters is. Default 127.0.0.1, 5000, 5001.
     *
     * @param address its name or address
     * @param publishPort the port of its PUB socket, which orders come from
     * @param resultsPort the port of its PULL socket, which results go to
     */
    public Builder headquarters(String address, int publishPort, int resultsPort) {
      orders = Endpoint.tcp(address, publishPort);
      results = Endpoint.tcp(address, resultsPort);
      return this;
    }

    /** How many cannons fire at once. Default 1. */
    public Builder cannons(int cannons) {
      if (cannons < 1) throw new IllegalArgumentException("cannons < 1: " + cannons);
      this.cannons = cannons;
      return this;
    }

    /** Over how long the cannons start, evenly. Default zero: all at once. */
    public Builder rampUp(Duration rampUp) {
      this.rampUp = requireNotNegative("rampUp", rampUp);
      return this;
    }

    /**
     * When cannons fire, and how many. One with stages takes the place of {@link #cannons} and
     * {@link #rampUp}; one without, such as {@code LoadProfile.closed().pacing(ofMillis(100))},
     * says only when they fire. A turret whose profile is over waits for the headquarters' stop. A
     * headquarters does not see it: it is told of the cannons and the ramp-up that are set here.
     * Default {@code LoadProfile.closed()}: each cannon fires on and on.
     */
    public Builder profile(LoadProfile profile) {
      if (profile instanceof OpenProfile && profile.stages().isEmpty())
        throw new IllegalArgumentException("an open profile without stages");
      if (!profile.stages().isEmpty() && !profile.isAboveZero())
        throw new IllegalArgumentException("the profile never goes above zero");
      this.profile = profile;
      return this;
    }

    /** What kind of cannon fires. Default one transaction after the other. */
    public Builder cannon(Cannon cannon) {
      this.cannon = Objects.requireNonNull(cannon, "cannon");
      return this;
    }

    /** What the cannons run on. Default virtual threads from Java 24 on, else platform threads. */
    public Builder threads(UserThreads threads) {
      this.threads = Objects.requireNonNull(threads, "threads");
      return this;
    }

    /** Adds settings that transactions can read. Default none. */
    public Builder settings(Map<String, ? extends @Nullable Object> settings) {
      extra.putAll(settings);
      return this;
    }

    /** What happens to a result that finds the queue full. Default {@link OverflowPolicy#BLOCK}. */
    public Builder overflowPolicy(OverflowPolicy overflowPolicy) {
      this.overflowPolicy = Objects.requireNonNull(overflowPolicy, "overflowPolicy");
      return this;
    }

    /** How many results may wait to be sent. Default 4096. */
    public Builder queueCapacity(int queueCapacity) {
      if (queueCapacity < 1) {
        throw new IllegalArgumentException("queueCapacity < 1: " + queueCapacity);
      }
      this.queueCapacity = queueCapacity;
      return this;
    }

    /** How long a cannon may take to finish its transaction after a stop. Default 5 s. */
    public Builder grace(Duration grace) {
      this.grace = requireNotNegative("grace", grace);
      return this;
    }

    /** How long after its interrupt a cannon is abandoned. Default 1 s. */
    public Builder abandonAfter(Duration abandonAfter) {
      this.abandonAfter = requireNotNegative("abandonAfter", abandonAfter);
      return this;
    }

    /** How long the end of a run may take to send what is queued. Default 5 s. */
    public Builder closeTimeout(Duration closeTimeout) {
      this.closeTimeout = requireNotNegative("closeTimeout", closeTimeout);
      return this;
    }

    /**
     * How long cannons keep firing when the headquarters disappears in the middle of a run. Default
     * 30 s.
     */
    public Builder headquartersTimeout(Duration headquartersTimeout) {
      this.headquartersTimeout = requireNotNegative("headquartersTimeout", headquartersTimeout);
      return this;
    }

    /** Hears of states and runs. Default nobody. */
    public Builder listener(TurretListener listener) {
      this.listener = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /** The clock, in nanoseconds as of {@link System#nanoTime}. */
    Builder clock(LongSupplier clock) {
      this.clock = clock;
      return this;
    }

    /** The time of day. */
    Builder wallClock(InstantSource wallClock) {
      this.wallClock = wallClock;
      return this;
    }

    private static Duration requireNotNegative(String name, Duration value) {
      if (value.isNegative()) throw new IllegalArgumentException(name + " < 0: " + value);
      return value;
    }

    private LoadProfile wholeProfile() {
      boolean bare = profile.stages().isEmpty();
      if (bare && profile instanceof ClosedProfile closed) return closed.rampTo(cannons, rampUp);
      if (cannons > 1) throw excluded("cannons: " + cannons);
      if (!rampUp.isZero()) throw excluded("rampUp: " + rampUp);
      return profile;
    }

    private static IllegalStateException excluded(String setting) {
      return new IllegalStateException(
          "the profile says how many cannons there are, and so does " + setting + "; drop one");
    }

    /**
     * Makes the turret; nothing is connected yet.
     *
     * @throws IllegalStateException if a profile with stages and cannons or a ramp-up are set
     */
    public Turret build() {
      return new Turret(
          new TurretSettings(
              transactions,
              name,
              uuid,
              script,
              orders,
              results,
              cannons,
              rampUp,
              wholeProfile(),
              cannon,
              threads,
              new LinkedHashMap<>(extra),
              classLoader,
              overflowPolicy,
              queueCapacity,
              grace,
              abandonAfter,
              closeTimeout,
              headquartersTimeout,
              listener,
              resources,
              clock,
              wallClock));
    }
  }
}
