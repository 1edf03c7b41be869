package dev.broadside.oct.hq;

import dev.broadside.messaging.ClosedException;
import dev.broadside.messaging.ConnectionListener;
import dev.broadside.messaging.Endpoint;
import dev.broadside.messaging.MessagingException;
import dev.broadside.metrics.Measurement;
import dev.broadside.metrics.RunResult;
import dev.broadside.metrics.Threshold;
import dev.broadside.oct.hq.HqCounters.Counter;
import dev.broadside.oct.protocol.HqCommand;
import dev.broadside.oct.protocol.HqCommand.SetTransactionContext;
import dev.broadside.oct.protocol.HqCommand.Start;
import dev.broadside.oct.protocol.HqCommand.StatusRequest;
import dev.broadside.oct.protocol.HqCommand.Stop;
import dev.broadside.oct.protocol.OctCodec;
import dev.broadside.oct.protocol.Order;
import dev.broadside.oct.results.ArchiveSettings;
import dev.broadside.oct.results.HqThresholds;
import dev.broadside.oct.results.RunArchive;
import dev.broadside.oct.results.RunConfiguration;
import dev.broadside.oct.store.DatabaseUri;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Orders turrets about, those of this library and the original ones, and makes a {@link RunResult}
 * of what they report:
 *
 * <pre>{@code
 * try (Headquarters hq =
 *     Headquarters.builder().turrets(2).runTime(Duration.ofMinutes(1)).build()) {
 *   hq.start();
 *   RunResult result = hq.run();
 *   System.out.print(ConsoleReport.text(result));
 * }
 * }</pre>
 *
 * <p>Thread-safe. Runs may follow each other; one goes on at a time. The protocol knows no
 * authentication, so a headquarters listens on the loopback interface unless told otherwise.
 */
public final class Headquarters implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Headquarters.class.getName());

  private final HqSettings settings;
  private final HqClock clock;
  private final TurretRoster roster = new TurretRoster(TurretRoster.MAX_TURRETS);
  private final HqCounters counters = new HqCounters();
  private final Intake intake;
  private final GuardedListener<Progress> onProgress;
  private final Orders orders = new Orders(this::publish);
  private final AtomicReference<@Nullable RunCourse> course = new AtomicReference<>();
  private final AtomicBoolean opening = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile @Nullable HqSockets sockets;
  private volatile @Nullable Throwable failure;
  private volatile long lastConnectionNanos;
  private volatile Map<String, Long> toldCounters = Map.of(); // what earlier results have told
  private volatile @Nullable RunResult lastResult;
  private volatile @Nullable Path lastFolder;

  private Headquarters(HqSettings settings) {
    this.settings = settings;
    this.clock = settings.clock();
    this.lastConnectionNanos = clock.now();
    this.onProgress = new GuardedListener<>(settings.onProgress(), counters, clock);
    GuardedListener<Measurement> onResult =
        new GuardedListener<>(settings.onResult(), counters, clock);
    this.intake =
        new Intake(
            clock,
            roster,
            counters,
            this::resultsEndpoint,
            this::wakeRun,
            onResult,
            this::publishLive);
  }

  /**
   * A headquarters for one turret and a run of ten seconds on ports 5000 and 5001, unless told
   * otherwise.
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * A headquarters as a project wants it. As the original, it waits for turrets without limit. It
   * keeps results where {@link Builder#resultsFolder} says so.
   */
  public static Builder builder(HqConfig config) {
    return new Builder()
        .bindAddress(config.bindAddress())
        .publishPort(config.publishPort())
        .resultsPort(config.resultsPort())
        .livePort(config.externalPublisherPort())
        .turrets(config.minTurrets())
        .withoutTurretTimeout()
        .runTime(config.runTime())
        .thresholds(config.thresholds())
        .interval(config.resultsInterval())
        .project(config);
  }

  /**
   * Opens the sockets, and logs how far they can be reached. Call it once.
   *
   * @throws MessagingException if a socket cannot be opened, saying why
   * @throws IllegalStateException if results cannot be kept where that is wanted, saying why
   */
  public void start() {
    requireOpen();
    if (opening.getAndSet(true))
      throw new IllegalStateException("this headquarters was started before");
    if (settings.archive() != null) RunArchive.check(settings.archive());
    HqSockets opened = HqSockets.open(settings, intake, connections(), this::failed);
    sockets = opened;
    LOG.log(Level.INFO, "headquarters: {0}", opened.reach());
    if (closed.get()) opened.close(); // meanwhile
  }

  private ConnectionListener connections() {
    return new ConnectionListener() {
      @Override
      public void connected() {
        lastConnectionNanos = clock.now();
      }
    };
  }

  private void publishLive(byte[] result) {
    HqSockets opened = sockets;
    LivePublisher live = opened == null ? null : opened.live();
    if (live != null && !live.publish(result)) counters.add(Counter.LIVE_DROPPED);
  }

  /** Called on a socket's thread, when it dies. */
  private void failed(Throwable cause) {
    failure = cause;
    wakeRun();
  }

  /**
   * The port for orders: of the forwarder that they go to, or else the one that the system picked
   * if 0 was asked for.
   */
  public int publishPort() {
    return sockets().orders().endpoint().port();
  }

  /**
   * The port for results and statuses: of the streamer that they come from, or else the one that
   * the system picked if 0 was asked for.
   */
  public int resultsPort() {
    return sockets().results().endpoint().port();
  }

  /**
   * The port for live results: of the forwarder that they go to, or else the one that the system
   * picked if 0 was asked for.
   *
   * @throws IllegalStateException if none are published
   */
  public int livePort() {
    LivePublisher live = sockets().live();
    if (live == null) throw new IllegalStateException("no live results are published");
    return live.endpoint().port();
  }

  /** Where the sockets are, and how far they can be reached, in words. */
  public String reach() {
    return sockets().reach();
  }

  private String resultsEndpoint() {
    HqSockets opened = sockets;
    return opened == null ? "the results port" : opened.results().endpoint().toString();
  }

  private HqSockets sockets() {
    requireOpen();
    HqSockets opened = sockets;
    if (opened == null) throw new IllegalStateException("this headquarters is not started");
    return opened;
  }

  private void requireOpen() {
    if (closed.get()) throw new ClosedException("this headquarters");
  }

  /**
   * Does a whole run on the thread of the caller: waits for turrets, gives them the context and the
   * start, lets them fire for the run time, stops them, and takes what they still send until all
   * are ready again, at most about half a minute. If the thread is interrupted the run ends in
   * order, as by {@link #endRun}, and the thread is interrupted when this returns.
   *
   * <p>Where {@link Builder#resultsFolder} is set, it then makes the files of the run, and logs
   * what cannot be made.
   *
   * @return what came of it; without any transaction if it was ended before the start. Its counters
   *     are those since the last result, or since {@link #start}
   * @throws MissingTurretsException if not enough turrets are ready in time
   * @throws IllegalStateException if a run goes on already, or its results cannot be kept
   * @throws ClosedException if this headquarters is closed, before or meanwhile
   */
  public RunResult run() {
    sockets();
    RunCourse run = new RunCourse(settings, roster, intake, new Host(), onProgress);
    if (!course.compareAndSet(null, run)) throw new IllegalStateException("a run goes on already");
    try {
      run.conduct();
      return result(run);
    } finally {
      run.leave();
      if (run.folder() != null) lastFolder = run.folder();
      course.set(null);
    }
  }

  private RunResult result(RunCourse run) {
    Map<String, Long> sinceLast = counters.since(toldCounters);
    toldCounters = counters.counts();
    RunResult result = run.result(sinceLast);
    lastResult = result;
    return result;
  }

  /**
   * Ends the run that goes on in order: {@link #run} returns its result. Without a run, nothing.
   */
  public void endRun() {
    RunCourse run = course.get();
    if (run != null) run.end();
  }

  /**
   * Starts the run that waits for turrets with those that are ready. Without such a run, nothing.
   */
  public void startNow() {
    RunCourse run = course.get();
    if (run != null) run.startNow();
  }

  /** What has come so far of the run that goes on; empty without one. */
  public Optional<RunResult> current() {
    return Optional.ofNullable(course.get()).map(run -> run.current(counters.since(toldCounters)));
  }

  /** What came of the last run that was conducted to its end; empty before. */
  public Optional<RunResult> lastResult() {
    return Optional.ofNullable(lastResult);
  }

  /** How far the run that goes on is; empty without one. */
  public Optional<Progress> progress() {
    return Optional.ofNullable(course.get()).map(RunCourse::progress);
  }

  /** Where the results of the last run are kept; empty before there is one. */
  public Optional<Path> resultsFolder() {
    return Optional.ofNullable(lastFolder);
  }

  private void wakeRun() {
    RunCourse run = course.get();
    if (run != null) run.wake();
  }

  /** Single orders, to all turrets or to one. */
  public Orders orders() {
    return orders;
  }

  private void publish(Order order) {
    byte[] frame = OctCodec.encode(order);
    if (order.command() instanceof StatusRequest && order.channel().isEmpty()) {
      roster.asked(clock.now());
    }
    RunCourse run = course.get();
    if (order.command() instanceof Start && run != null) run.starting(order.channel());
    sockets().orders().publish(frame);
  }

  /** The turrets that have reported, in the order in which they first did. */
  public List<TurretInfo> turrets() {
    return roster.turrets(clock.now());
  }

  /** What was counted besides results since {@link #start}: malformed messages, refused results. */
  public Map<String, Long> counters() {
    return counters.counts();
  }

  /**
   * Stops the run that goes on, if any, without its result, and frees sockets and threads. May be
   * called twice, and by a listener.
   */
  @Override
  public void close() {
    HqSockets opened = sockets;
    if (closed.getAndSet(true) || opened == null) return;
    if (course.get() != null) opened.orders().publish(OctCodec.encode(new Order("", new Stop())));
    wakeRun();
    opened.close();
  }

  /** What a run may use. */
  private final class Host implements RunCourse.Host {
    @Override
    public void order(HqCommand command) {
      orders.orderAll(command);
    }

    @Override
    public boolean ordersAreHeard() {
      return sockets().orders().isHeard();
    }

    @Override
    public long lastConnectionNanos() {
      return lastConnectionNanos;
    }

    @Override
    public void requireAlive() {
      requireOpen();
      Throwable cause = failure;
      if (cause == null) return;
      throw new IllegalStateException("a socket of this headquarters failed", cause);
    }
  }

  /** Settings of a {@link Headquarters}. */
  public static final class Builder {
    private static final Duration DEFAULT_RUN_TIME = Duration.ofSeconds(10);
    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(1);
    private static final Duration DEFAULT_TURRET_TIMEOUT = Duration.ofSeconds(60);

    private String bindAddress = "127.0.0.1";
    private int publishPort = 5000;
    private int resultsPort = 5001;
    private int livePort = 5002;
    private @Nullable String liveTopic;
    private @Nullable Place ordersForwarder;
    private @Nullable Place streamer;
    private @Nullable Place liveForwarder;
    private final List<Threshold> thresholds = new ArrayList<>();
    private int turrets = 1;
    private long turretTimeoutNanos = DEFAULT_TURRET_TIMEOUT.toNanos();
    private long runNanos = DEFAULT_RUN_TIME.toNanos();
    private SetTransactionContext context = new SetTransactionContext(Map.of());
    private int maxLabels = 1000;
    private Duration interval = DEFAULT_INTERVAL;
    private Consumer<? super Measurement> onResult = measurement -> {};
    private Consumer<? super Progress> onProgress = progress -> {};
    private @Nullable Path resultsFolder;
    private String resultsDatabase = DatabaseUri.DEFAULT;
    private String title = "Headquarters";
    private Path projectFolder = Path.of("");
    private @Nullable String configuration;
    private HqClock clock = HqClock.SYSTEM;

    private Builder() {}

    /**
     * The address to listen on; {@code 0.0.0.0} or {@code *} for all networks. Default 127.0.0.1.
     */
    public Builder bindAddress(String address) {
      this.bindAddress = Endpoint.tcp(address, 0).host();
      return this;
    }

    /** The port for orders, 0 for a free one. Default 5000. */
    public Builder publishPort(int port) {
      this.publishPort = Endpoint.tcp(bindAddress, port).port();
      return this;
    }

    /** The port for results and statuses, 0 for a free one. Default 5001. */
    public Builder resultsPort(int port) {
      this.resultsPort = Endpoint.tcp(bindAddress, port).port();
      return this;
    }

    /**
     * Sends orders to the frontend of a forwarder, whose backend turrets connect to, instead of
     * listening for turrets at {@link #publishPort}. A run then starts when enough turrets are
     * ready and one of them has subscribed there. Default: none.
     */
    public Builder ordersForwarder(String address, int port) {
      this.ordersForwarder = Place.device(address, port);
      return this;
    }

    /**
     * Takes results and statuses from the backend of a streamer, whose frontend turrets connect to,
     * instead of listening at {@link #resultsPort}. Headquarters at the same streamer share them.
     * Default: none.
     */
    public Builder streamer(String address, int port) {
      this.streamer = Place.device(address, port);
      return this;
    }

    /**
     * Publishes each result of a run as it came, in two frames, this topic and the result, for
     * whoever subscribes at {@link #livePort}. Never holds the run back: what cannot be published
     * is counted as {@code live results dropped}, and a subscriber that falls 10,000 results behind
     * misses some. Default: not published.
     */
    public Builder liveResults(String topic) {
      this.liveTopic = Objects.requireNonNull(topic, "topic");
      return this;
    }

    /** The port for live results, 0 for a free one. Default 5002. */
    public Builder livePort(int port) {
      this.livePort = Endpoint.tcp(bindAddress, port).port();
      return this;
    }

    /**
     * Publishes {@link #liveResults} to the frontend of a forwarder, where those of several
     * headquarters come together, instead of listening at {@link #livePort}. Default: none.
     */
    public Builder liveForwarder(String address, int port) {
      this.liveForwarder = Place.device(address, port);
      return this;
    }

    /**
     * What a run has to hold; with {@code abort} it ends early where it does not. Adds to those
     * given before. Default: nothing.
     *
     * @throws IllegalArgumentException if a headquarters cannot judge one: its turrets send no
     *     schedule
     */
    public Builder thresholds(List<Threshold> thresholds) {
      thresholds.forEach(threshold -> this.thresholds.add(HqThresholds.checked(threshold)));
      return this;
    }

    /**
     * As {@link #thresholds}, for one.
     *
     * @throws IllegalArgumentException if a headquarters cannot judge it
     */
    public Builder threshold(Threshold threshold) {
      return thresholds(List.of(threshold));
    }

    /**
     * As {@link #thresholds}, written: {@code p(95) < 200ms}.
     *
     * @throws IllegalArgumentException quoting the text, and saying what is wrong with it
     */
    public Builder threshold(String threshold) {
      return threshold(Threshold.parse(threshold));
    }

    /** How many turrets must be ready before a run starts. Default 1. */
    public Builder turrets(int turrets) {
      if (turrets < 1) throw new IllegalArgumentException("turrets < 1: " + turrets);
      if (turrets > TurretRoster.MAX_TURRETS) {
        throw new IllegalArgumentException(
            "turrets > " + TurretRoster.MAX_TURRETS + ": " + turrets);
      }
      this.turrets = turrets;
      return this;
    }

    /** How long a run waits for them at most. Default 60 s. */
    public Builder turretTimeout(Duration timeout) {
      if (timeout.isNegative()) throw new IllegalArgumentException("turretTimeout < 0: " + timeout);
      this.turretTimeoutNanos = timeout.toNanos();
      return this;
    }

    /** Waits for turrets as long as it takes. */
    public Builder withoutTurretTimeout() {
      this.turretTimeoutNanos = Long.MAX_VALUE;
      return this;
    }

    /** How long turrets fire in a run, from the start to the stop. Default 10 s. */
    public Builder runTime(Duration runTime) {
      if (runTime.isNegative() || runTime.isZero()) {
        throw new IllegalArgumentException("runTime <= 0: " + runTime);
      }
      this.runNanos = runTime.toNanos();
      return this;
    }

    /**
     * What the transactions of all turrets can read. Default: nothing.
     *
     * @param context what JSON can say: texts, numbers, booleans, nulls, lists and maps of them
     */
    public Builder transactionContext(Map<String, ? extends @Nullable Object> context) {
      SetTransactionContext order = Orders.contextOrder(context);
      Objects.requireNonNull(OctCodec.encode(new Order("", order))); // throws if JSON cannot say it
      this.context = order;
      return this;
    }

    /** How many turrets' and timers' names a result keeps; further ones add up. Default 1000. */
    public Builder maxLabels(int maxLabels) {
      if (maxLabels < 1) throw new IllegalArgumentException("maxLabels < 1: " + maxLabels);
      this.maxLabels = maxLabels;
      return this;
    }

    /**
     * The length of an interval of what is told over time, at first: a long run has longer ones.
     * Default 1 s.
     */
    public Builder interval(Duration interval) {
      if (interval.isNegative() || interval.isZero()) {
        throw new IllegalArgumentException("interval <= 0: " + interval);
      }
      this.interval = interval;
      return this;
    }

    /**
     * Hears of each result of a run, in the order of arrival, on the thread that receives: return
     * at once, or the turrets are held back. Default: nobody.
     */
    public Builder onResult(Consumer<? super Measurement> listener) {
      this.onResult = Objects.requireNonNull(listener, "onResult");
      return this;
    }

    /**
     * Hears once a second how far a run is, on the thread that called {@code run}. Default: nobody.
     */
    public Builder onProgress(Consumer<? super Progress> listener) {
      this.onProgress = Objects.requireNonNull(listener, "onProgress");
      return this;
    }

    /**
     * Gets a folder for each run, with its report and all its results: {@code results.html}, {@code
     * summary.json}, {@code results.csv}, {@code results.jtl}, {@code junit.xml}, {@code
     * config.json}, and the database {@code results.sqlite}, which needs {@code
     * org.xerial:sqlite-jdbc} on the class path. On the module path it needs the module {@code
     * java.sql}, too. Default: nothing is kept.
     */
    public Builder resultsFolder(Path parent) {
      this.resultsFolder = parent.toAbsolutePath();
      return this;
    }

    /**
     * Which database keeps the results of runs that have a folder: {@code default} for {@code
     * results.sqlite} in it, the path of an SQLite file, or a JDBC URL, whose driver belongs on the
     * class path. Default {@code default}.
     *
     * @throws IllegalArgumentException if it is none of these, saying what to write instead
     */
    public Builder resultsDatabase(String uri) {
      DatabaseUri unused = DatabaseUri.parse(uri, projectFolder, projectFolder);
      this.resultsDatabase = uri;
      return this;
    }

    /** What the report is called. Default {@code Headquarters}, or the project's name. */
    public Builder title(String title) {
      this.title = Objects.requireNonNull(title, "title");
      return this;
    }

    private Builder project(HqConfig config) {
      projectFolder = config.projectFolder();
      title = String.valueOf(projectFolder.getFileName());
      configuration = RunConfiguration.of(config.settings()).text();
      return resultsDatabase(config.databaseUri());
    }

    Builder clock(HqClock clock) {
      this.clock = clock;
      return this;
    }

    private @Nullable LiveResults live() {
      if (liveTopic == null) return null;
      Place place = liveForwarder != null ? liveForwarder : Place.bound(bindAddress, livePort);
      return new LiveResults(liveTopic, place);
    }

    /** A headquarters with these settings, not started yet. */
    public Headquarters build() {
      return new Headquarters(
          new HqSettings(
              ordersForwarder != null ? ordersForwarder : Place.bound(bindAddress, publishPort),
              streamer != null ? streamer : Place.bound(bindAddress, resultsPort),
              live(),
              turrets,
              turretTimeoutNanos,
              runNanos,
              context,
              maxLabels,
              List.copyOf(thresholds),
              interval,
              onResult,
              onProgress,
              archive(),
              clock));
    }

    private @Nullable ArchiveSettings archive() {
      if (resultsFolder == null) return null;
      String text = configuration == null ? RunConfiguration.of(keys()).text() : configuration;
      return new ArchiveSettings(resultsFolder, resultsDatabase, projectFolder, title, text);
    }

    /** What a project's configuration would have to say for this headquarters. */
    private Map<String, Object> keys() {
      Map<String, Object> keys = new LinkedHashMap<>();
      keys.put("run_time", runNanos / 1e9);
      keys.put("results_ts_interval", interval.toNanos() / 1e9);
      keys.put("min_turrets", turrets);
      keys.put("bind_address", bindAddress);
      keys.put("publish_port", publishPort);
      keys.put("rc_port", resultsPort);
      keys.put("thresholds", thresholds.stream().map(Threshold::toString).toList());
      keys.put("results_database", Map.of("db_uri", resultsDatabase));
      return keys;
    }
  }
}
