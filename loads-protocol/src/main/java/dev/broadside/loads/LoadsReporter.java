package dev.broadside.loads;

import dev.broadside.loads.protocol.ExcInfo;
import dev.broadside.loads.protocol.LoadsEncoder;
import dev.broadside.loads.protocol.LoadsMessage;
import dev.broadside.loads.protocol.LoadsMessage.AddError;
import dev.broadside.loads.protocol.LoadsMessage.AddFailure;
import dev.broadside.loads.protocol.LoadsMessage.AddHit;
import dev.broadside.loads.protocol.LoadsMessage.AddSuccess;
import dev.broadside.loads.protocol.LoadsMessage.IncrCounter;
import dev.broadside.loads.protocol.LoadsMessage.SocketClose;
import dev.broadside.loads.protocol.LoadsMessage.SocketMessage;
import dev.broadside.loads.protocol.LoadsMessage.SocketOpen;
import dev.broadside.loads.protocol.LoadsMessage.StartTest;
import dev.broadside.loads.protocol.LoadsMessage.StopTest;
import dev.broadside.loads.protocol.LoadsStatus;
import dev.broadside.messaging.Account;
import dev.broadside.messaging.ClosedException;
import dev.broadside.messaging.Endpoint;
import dev.broadside.messaging.MessageSender;
import dev.broadside.messaging.MessagingContext;
import dev.broadside.messaging.OverflowPolicy;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reports tests, hits and sockets to a receiver of Loads, or to whatever else understands its
 * messages. What is sent is exactly what the original receiver accepts. Source: docs/protocols.md
 * 2.2 and 2.3.
 *
 * <p>Messages wait in a bounded queue until a connection stands. When nothing has left a full queue
 * for {@link Builder#patience}, messages are dropped and counted; a reporter never waits longer for
 * a receiver that is absent or dead.
 *
 * <p>Thread-safe. After {@link #close()} every method throws {@link ClosedException}.
 */
public final class LoadsReporter implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  private final Outbox outbox;
  private final String receiver;
  private final @Nullable Duration closeTimeout;
  private final @Nullable MessagingContext ownContext;
  private final @Nullable Duration stay;
  private final @Nullable LoadsEnvironment environment;
  private final AtomicLong failures = new AtomicLong();
  private final AtomicLong errors = new AtomicLong();
  private final CountDownLatch leaving = new CountDownLatch(1);
  private volatile LoadsStatus status;
  private @Nullable Account finalAccount;

  private LoadsReporter(Builder settings) {
    MessagingContext shared = settings.context;
    this.ownContext = shared == null ? MessagingContext.create("loads-reporter") : null;
    this.receiver = settings.receiver.toString();
    this.closeTimeout = settings.closeTimeout;
    this.stay = settings.stay;
    this.environment = settings.environment;
    this.status = settings.status;
    try {
      this.outbox = settings.outbox(shared == null ? Objects.requireNonNull(ownContext) : shared);
    } catch (RuntimeException e) {
      if (ownContext != null) ownContext.close();
      throw e;
    }
  }

  private LoadsReporter(Outbox outbox, LoadsStatus status) {
    this.outbox = outbox;
    this.receiver = "nowhere";
    this.closeTimeout = Duration.ZERO;
    this.ownContext = null;
    this.stay = Duration.ZERO;
    this.environment = null;
    this.status = status;
  }

  /**
   * A reporter to the receiver that Loads told this process of. Closing it also stays alive as long
   * as that receiver may need to read everything.
   *
   * @throws LoadsEnvironmentException if this is no process of Loads, or a thread of no user
   */
  public static LoadsReporter fromEnvironment() {
    Builder builder = builder(LoadsEnvironment.current());
    Optional<MessagingContext> shared = LoadsUsers.context();
    if (shared.isPresent()) builder.context(shared.get());
    return builder.open();
  }

  /** A reporter with settings of its own, under the given environment. */
  public static Builder builder(LoadsEnvironment environment) {
    return new Builder(environment.receiver(), environment)
        .agentId(environment.agentId())
        .runId(environment.runId())
        .status(environment.status(1));
  }

  /** A reporter to any receiver. */
  public static Builder builder(Endpoint receiver) {
    return new Builder(receiver, null);
  }

  /** A reporter that forgets everything: for tests that also run without Loads. */
  public static LoadsReporter nowhere() {
    return new LoadsReporter(new Nowhere(), new LoadsStatus(1, 1, 1, 1));
  }

  /** What messages say about step, user and hit, where they are given nothing else. */
  public LoadsStatus status() {
    return status;
  }

  /** From now on messages say that this hit is being performed. */
  public void currentHit(int hit) {
    if (hit < 0) throw new IllegalArgumentException("hit < 0: " + hit);
    status = status.atHit(hit);
  }

  /** A test begins. */
  public void startTest(String test) {
    startTest(test, status);
  }

  /** A test begins. */
  public void startTest(String test, LoadsStatus loadsStatus) {
    put(new StartTest(named(test), known(loadsStatus)));
  }

  /** A test has ended, however it went. */
  public void stopTest(String test) {
    stopTest(test, status);
  }

  /** A test has ended, however it went. */
  public void stopTest(String test, LoadsStatus loadsStatus) {
    put(new StopTest(named(test), known(loadsStatus)));
  }

  /** A test passed. */
  public void addSuccess(String test) {
    addSuccess(test, status);
  }

  /** A test passed. */
  public void addSuccess(String test, LoadsStatus loadsStatus) {
    put(new AddSuccess(named(test), known(loadsStatus)));
  }

  /** An assertion of a test failed. */
  public void addFailure(String test, Throwable failure) {
    addFailure(test, failure, status);
  }

  /** An assertion of a test failed. */
  public void addFailure(String test, Throwable failure, LoadsStatus loadsStatus) {
    failures.incrementAndGet();
    put(new AddFailure(named(test), ExcInfo.of(failure), known(loadsStatus)));
  }

  /** A test broke by anything but an assertion. */
  public void addError(String test, Throwable error) {
    addError(test, error, status);
  }

  /** A test broke by anything but an assertion. */
  public void addError(String test, Throwable error, LoadsStatus loadsStatus) {
    errors.incrementAndGet();
    put(new AddError(named(test), ExcInfo.of(error), known(loadsStatus)));
  }

  /** A request and its answer. */
  public void addHit(Hit hit) {
    addHit(hit, status);
  }

  /** A request and its answer. */
  public void addHit(Hit hit, LoadsStatus loadsStatus) {
    put(
        new AddHit(
            hit.url(),
            hit.method(),
            hit.status(),
            UtcTime.format(hit.started()),
            hit.elapsed().toNanos(),
            known(loadsStatus)));
  }

  /** A socket was opened. */
  public void socketOpen() {
    put(new SocketOpen(null));
  }

  /** A socket was closed. */
  public void socketClose() {
    put(new SocketClose(null));
  }

  /**
   * Bytes went over a socket.
   *
   * @param size how many; not negative
   */
  public void socketMessage(long size) {
    if (size < 0) throw new IllegalArgumentException("size < 0: " + size);
    put(new SocketMessage(size, null));
  }

  /** A counter of a test's own goes up by one. */
  public void incrCounter(String test, String name) {
    incrCounter(test, name, status);
  }

  /** A counter of a test's own goes up by one. */
  public void incrCounter(String test, String name, LoadsStatus loadsStatus) {
    put(new IncrCounter(named(test), known(loadsStatus), Objects.requireNonNull(name, "name")));
  }

  private static String named(String test) {
    return Objects.requireNonNull(test, "test");
  }

  private static LoadsStatus known(LoadsStatus loadsStatus) {
    return Objects.requireNonNull(loadsStatus, "loadsStatus");
  }

  private void put(LoadsMessage message) {
    outbox.put(message);
  }

  /** How many failures were reported. */
  long failures() {
    return failures.get();
  }

  /** How many errors were reported. */
  long errors() {
    return errors.get();
  }

  /** Lets threads go on that wait for room in the queue: the run is ending. */
  void release() {
    outbox.release();
  }

  /** Cuts short how long closing stays after the last message, now or later. */
  void leave() {
    leaving.countDown();
  }

  /** Whether a connection to the receiver stands. */
  public boolean isConnected() {
    return outbox.isConnected();
  }

  /** How many messages were made, and what became of them. Final once the reporter is closed. */
  public Account account() {
    return outbox.account();
  }

  /** Closes within the builder's close timeout. */
  @Override
  public void close() {
    close(closeTimeout == null ? closeTimeoutNow() : closeTimeout);
  }

  /**
   * A receiver that is there is given time to read what waits; one that is not is not waited for.
   */
  private Duration closeTimeoutNow() {
    if (!outbox.isConnected()) return CLOSE_TIMEOUT;
    Account now = outbox.account();
    Duration needed = CLOSE_TIMEOUT.plusMillis(now.produced() - now.sent() - now.dropped());
    if (environment == null) return needed;
    Duration left = environment.timeLeft(Instant.now());
    if (needed.compareTo(left) <= 0) return needed;
    return left.compareTo(CLOSE_TIMEOUT) > 0 ? left : CLOSE_TIMEOUT;
  }

  /**
   * Sends what is queued, then closes, then stays if that is asked for (see {@link Builder#stay}).
   * Called again it does nothing.
   *
   * @param timeout how long sending may take at most
   * @return the final account
   */
  public synchronized Account close(Duration timeout) {
    if (finalAccount != null) return finalAccount;
    boolean connected = outbox.isConnected();
    Account before = outbox.inFrames();
    Account account = outbox.close(timeout);
    finalAccount = account;
    if (ownContext != null) ownContext.close();
    boolean reached = connected || outbox.inFrames().sent() > before.sent(); // while we closed
    boolean lost = account.disconnects() > (reached ? before.disconnects() : 0);
    if (account.dropped() + account.unsent() > 0) warnOfLosses(account, reached, lost);
    if (reached && account.sent() > 0) stay(account.sent());
    return account;
  }

  private void warnOfLosses(Account account, boolean reached, boolean lost) {
    String why =
        lost
            ? "the connection was lost"
            : reached
                ? "it does not read fast enough, or not at all"
                : "no connection came about in time; nobody listens there, or all are too busy";
    warn(
        account.dropped()
            + account.unsent()
            + " of "
            + account.produced()
            + " messages did not reach the receiver "
            + receiver
            + ": "
            + why);
  }

  /** Messages that were sent may be lost too, with a receiver that has no time to read them. */
  private void warnOfHaste(Duration needed, Duration left) {
    if (needed.compareTo(left) <= 0) return;
    warn(
        "the receiver "
            + receiver
            + " may need "
            + tenths(needed)
            + " s to read what all users sent, and the step ends in "
            + tenths(left)
            + " s: what it has not read by then is not counted");
  }

  private static String tenths(Duration time) {
    long tenths = time.toMillis() / 100;
    return tenths / 10 + "." + tenths % 10;
  }

  private static void warn(String message) {
    System.getLogger(LoadsReporter.class.getName()).log(Level.WARNING, message);
  }

  private void stay(long messages) {
    Duration needed = stay;
    if (needed == null) {
      needed = environment == null ? Duration.ZERO : environment.stay(messages, Instant.now());
      if (environment != null) warnOfHaste(environment.readingTime(messages), needed);
    }
    try {
      boolean unused = leaving.await(needed.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // who interrupts wants to leave
    }
  }

  /** Settings of a {@link LoadsReporter}. */
  public static final class Builder {
    private final Endpoint receiver;
    private final @Nullable LoadsEnvironment environment;
    private String agentId = "None";
    private String runId = "";
    private LoadsStatus status = new LoadsStatus(1, 1, 1, 1);
    private int batchSize = 1;
    private Duration batchInterval = Duration.ZERO;
    private ExcInfo.Order excInfoOrder = ExcInfo.Order.CLASS_FIRST;
    private int capacity = 10_000;
    private OverflowPolicy overflowPolicy = OverflowPolicy.BLOCK;
    private Duration patience = Duration.ofSeconds(2);
    private @Nullable Duration closeTimeout;
    private @Nullable Duration stay;
    private @Nullable MessagingContext context;

    private Builder(Endpoint receiver, @Nullable LoadsEnvironment environment) {
      this.receiver = Objects.requireNonNull(receiver, "receiver");
      this.environment = environment;
    }

    /** The agent that runs the user. Default {@code None}, as standalone Loads has it. */
    public Builder agentId(String agentId) {
      this.agentId = Objects.requireNonNull(agentId, "agentId");
      return this;
    }

    /** The run. Default empty, as standalone Loads has it. */
    public Builder runId(String runId) {
      this.runId = Objects.requireNonNull(runId, "runId");
      return this;
    }

    /** What messages say about step, user and hit. Default the first of one of everything. */
    public Builder status(LoadsStatus status) {
      this.status = Objects.requireNonNull(status, "status");
      return this;
    }

    /**
     * Messages leave together: so many at once, or as many as there are when the first has waited
     * for the interval. The order between messages of different types is lost, as in the original.
     * Default: each at once.
     */
    public Builder batch(int messages, Duration interval) {
      if (messages < 1) throw new IllegalArgumentException("messages < 1: " + messages);
      if (interval.isNegative() || interval.isZero()) {
        throw new IllegalArgumentException("interval <= 0: " + interval);
      }
      this.batchSize = messages;
      this.batchInterval = interval;
      return this;
    }

    /** What stands first in {@code exc_info}. Default the class, as the original sends it. */
    public Builder excInfoOrder(ExcInfo.Order excInfoOrder) {
      this.excInfoOrder = Objects.requireNonNull(excInfoOrder, "excInfoOrder");
      return this;
    }

    /** How many messages, or batches, may wait to be sent. Default 10,000. */
    public Builder capacity(int capacity) {
      if (capacity < 1) throw new IllegalArgumentException("capacity < 1: " + capacity);
      this.capacity = capacity;
      return this;
    }

    /** What happens when that many wait. Default {@link OverflowPolicy#BLOCK}. */
    public Builder overflowPolicy(OverflowPolicy overflowPolicy) {
      this.overflowPolicy = Objects.requireNonNull(overflowPolicy, "overflowPolicy");
      return this;
    }

    /**
     * Under {@link OverflowPolicy#BLOCK}: how long nothing may leave a full queue before messages
     * are dropped. Default 2 s.
     */
    public Builder patience(Duration patience) {
      this.patience = notNegative(patience, "patience");
      return this;
    }

    /**
     * How long {@link LoadsReporter#close()} may take to send what is queued. Default 1 s, and
     * where a receiver is connected 1 ms more for each message that waits; under an environment not
     * beyond 200 ms before the step's limit, but for that first second.
     */
    public Builder closeTimeout(Duration closeTimeout) {
      this.closeTimeout = notNegative(closeTimeout, "closeTimeout");
      return this;
    }

    /**
     * How long closing stays after the last message, so that a receiver that stops with the last
     * process has read it. Default {@link LoadsEnvironment#stay} under an environment, else zero.
     */
    public Builder stay(Duration stay) {
      this.stay = notNegative(stay, "stay");
      return this;
    }

    /** A context to share with others; closed by its owner, after the reporter. Default its own. */
    public Builder context(MessagingContext context) {
      this.context = Objects.requireNonNull(context, "context");
      return this;
    }

    private static Duration notNegative(Duration value, String name) {
      if (value.isNegative()) throw new IllegalArgumentException(name + " < 0: " + value);
      return value;
    }

    private Outbox outbox(MessagingContext owner) {
      LoadsEncoder encoder = new LoadsEncoder(agentId, runId, excInfoOrder);
      MessageSender sender =
          MessageSender.builder(owner, receiver)
              .relayed() // a user has two seconds, and a connect that stalls takes half of one
              .capacity(capacity)
              .overflowPolicy(overflowPolicy)
              .patience(patience)
              .open();
      if (batchSize == 1) return new DirectOutbox(sender, encoder);
      return new BatchingOutbox(sender, encoder, batchSize, batchInterval);
    }

    /**
     * Opens the reporter. A receiver that is not there yet is waited for, not an error.
     *
     * @throws dev.broadside.messaging.MessagingException if the socket cannot be opened
     */
    public LoadsReporter open() {
      return new LoadsReporter(this);
    }
  }
}
