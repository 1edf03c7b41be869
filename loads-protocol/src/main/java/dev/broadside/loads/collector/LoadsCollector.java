package dev.broadside.loads.collector;

import dev.broadside.loads.protocol.LoadsReport;
import dev.broadside.messaging.Endpoint;
import dev.broadside.messaging.MessageReceiver;
import dev.broadside.messaging.MessagingContext;
import dev.broadside.messaging.MessagingException;
import dev.broadside.metrics.RunRecorder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Takes the place of Loads' receiver: binds an endpoint that runners in any language report to, and
 * makes a {@link LoadsResult} of what arrives:
 *
 * <pre>{@code
 * try (LoadsCollector collector = LoadsCollector.open(Endpoint.tcp("127.0.0.1", 7777))) {
 *   …
 *   collector.awaitSilence(Duration.ofMillis(500));
 *   LoadsResult result = collector.result();
 * }
 * }</pre>
 *
 * <p>Runs are told apart by their {@code run_id}, and their agents by {@code agent_id}. A message
 * that cannot be read is logged with an excerpt (at WARNING at most ten a second) and counted, and
 * costs nothing else. There is no authentication. Thread-safe. Source: docs/protocols.md 2.2.
 */
public final class LoadsCollector implements AutoCloseable {
  static final int DEFAULT_MAX_NAMES = 1000;

  private static final long TICK_MILLIS = 10; // of the receiver
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Ledgers ledgers;
  private final Intake intake;
  private final MessagingContext context;
  private final MessageReceiver receiver;

  private LoadsCollector(Builder settings, Endpoint endpoint) {
    requireHistograms(RunRecorder.class.getClassLoader());
    ledgers = new Ledgers(settings.maxNames, InstantSource.system(), System::nanoTime);
    intake = new Intake(ledgers, settings.onReport, settings.onHit, System::nanoTime);
    context = MessagingContext.create("loads-collector");
    try {
      receiver =
          MessageReceiver.builder(context, endpoint, intake)
              .name("loads-collector")
              .onTick(intake::tick)
              .open();
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  /** Nothing could be measured without, and the first message would be the first to tell. */
  static void requireHistograms(ClassLoader loader) {
    try {
      Class<?> unused = Class.forName("org.HdrHistogram.Histogram", false, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      throw new IllegalStateException(
          "HdrHistogram is missing, which broadside-core needs to measure: add"
              + " org.hdrhistogram:HdrHistogram to the class path",
          e);
    }
  }

  /**
   * A collector with the default settings, open.
   *
   * @param endpoint tcp or ipc; port 0 for a free one
   * @throws MessagingException if the endpoint cannot be bound, saying why
   * @throws IllegalStateException if HdrHistogram is missing
   */
  public static LoadsCollector open(Endpoint endpoint) {
    return builder().open(endpoint);
  }

  /** A collector that is not open yet. */
  public static Builder builder() {
    return new Builder();
  }

  /** Where it is bound, with the port that the system picked for port 0. */
  public Endpoint endpoint() {
    return receiver.endpoint();
  }

  /** What all runs together have reported so far. */
  public LoadsResult result() {
    return ledgers.result(intake.malformed.get());
  }

  /**
   * What one run has reported so far.
   *
   * @throws IllegalArgumentException if nothing was heard of it, naming those that were
   */
  public LoadsResult result(String runId) {
    LoadsResult result = ledgers.result(runId, intake.malformed.get());
    if (result != null) return result;
    throw new IllegalArgumentException(
        "no run \"" + runId + "\" was heard of, only " + ledgers.runIds());
  }

  /** The runs that were heard of; beyond a hundred they are one, {@code (other)}. */
  public Set<String> runIds() {
    return ledgers.runIds();
  }

  /** How many hits were reported so far. */
  long hits() {
    return intake.hits.get();
  }

  long successes() {
    return intake.successes.get();
  }

  long failures() {
    return intake.failures.get();
  }

  long errors() {
    return intake.errors.get();
  }

  /**
   * Waits until nothing has arrived for so long, at most a minute: what a process has sent before
   * its end may still be under way.
   *
   * @return whether it is silent
   */
  public boolean awaitSilence(Duration silence) throws InterruptedException {
    long ticks = silence.toMillis() / TICK_MILLIS;
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    long from = intake.ticks.get();
    while (intake.ticks.get() - Math.max(from, intake.lastMessageTick.get()) < ticks) {
      if (System.nanoTime() - deadline >= 0) return false;
      TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
    }
    return true;
  }

  /** Stops listening. May be called twice; results can be asked for afterwards. */
  @Override
  public void close() {
    receiver.close();
    context.close();
  }

  /** Settings of a {@link LoadsCollector}. */
  public static final class Builder {
    private int maxNames = DEFAULT_MAX_NAMES;
    private Consumer<? super LoadsReport> onReport = report -> {};
    private Consumer<? super CollectedHit> onHit = hit -> {};

    private Builder() {}

    /**
     * How many names of each kind (tests, URLs, counters, errors, agents) a result keeps; further
     * ones add up under {@code (other)}. Default 1000.
     */
    public Builder maxNames(int maxNames) {
      if (maxNames < 1) throw new IllegalArgumentException("maxNames < 1: " + maxNames);
      this.maxNames = maxNames;
      return this;
    }

    /**
     * Hears of what arrives, in its order, on the thread that receives: return at once, or the
     * runners are held back. What it throws is logged. Default: nobody.
     */
    public Builder onReport(Consumer<? super LoadsReport> listener) {
      this.onReport = Objects.requireNonNull(listener, "onReport");
      return this;
    }

    /** Hears of each hit, in the same way. Default: nobody. */
    public Builder onHit(Consumer<? super CollectedHit> listener) {
      this.onHit = Objects.requireNonNull(listener, "onHit");
      return this;
    }

    /**
     * Binds an endpoint. May be called more than once: each call opens another collector.
     *
     * @param endpoint tcp or ipc; port 0 for a free one
     * @throws MessagingException if that fails, saying why
     * @throws IllegalStateException if HdrHistogram is missing
     */
    public LoadsCollector open(Endpoint endpoint) {
      return new LoadsCollector(this, Objects.requireNonNull(endpoint, "endpoint"));
    }
  }
}
