package dev.broadside.oct;

import dev.broadside.messaging.ClosedException;
import dev.broadside.messaging.MessageSender;
import dev.broadside.messaging.MessagingContext;
import dev.broadside.messaging.Subscriber;
import dev.broadside.oct.protocol.HqCommand;
import dev.broadside.oct.protocol.OctCodec;
import dev.broadside.oct.protocol.TurretStatus;
import dev.broadside.users.UserPool;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The working parts of a started turret: the thread that owns the SUB socket also runs the state
 * machine; whatever other threads have to tell it comes through its inbox.
 *
 * <p>There is one PUSH at a time. The one that an idle turret says ready on becomes the next run's,
 * so that its {@code Running} cannot overtake a ready; it is closed after that run's last word, and
 * a fresh one takes its place.
 */
final class TurretEngine implements TurretActions {
  private static final Logger LOG = System.getLogger(TurretEngine.class.getName());

  private static final Duration LAST_WORD_TIMEOUT = Duration.ofSeconds(2);

  private final TurretSettings settings;
  private final MessagingContext context;
  private final HqLink link;
  private final TurretControl control;
  private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
  private final ResultFlow flow = new ResultFlow();
  private final TurretTotals totals = new TurretTotals();
  private final RunLog runLog;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final TurretCommands commands;
  private final Subscriber subscriber;
  private volatile MessageSender sender;
  private volatile @Nullable Thread loopThread;
  private volatile boolean loopDead;
  private CompletableFuture<TurretRun> runEnd = new CompletableFuture<>();

  TurretEngine(TurretSettings settings) {
    this.settings = settings;
    runLog = new RunLog(settings.name());
    link = new HqLink(settings.clock());
    commands = new TurretCommands(settings.name(), settings.uuid(), settings.orders());
    control = new TurretControl(settings.name(), settings.headquartersTimeout(), this);
    context = MessagingContext.create("turret-" + settings.name());
    try {
      sender = openSender();
      control.started();
      subscriber = openSubscriber();
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  private MessageSender openSender() {
    return MessageSender.builder(context, settings.results())
        .name("results-" + settings.name())
        .listener(link.freshResults())
        .onFailure(this::fail)
        .capacity(settings.queueCapacity())
        .overflowPolicy(settings.overflowPolicy())
        .closeTimeout(settings.closeTimeout())
        .open();
  }

  private Subscriber openSubscriber() {
    return Subscriber.builder(context, settings.orders(), this::onMessage)
        .name("commands-" + settings.name())
        .topic("")
        .topic(settings.uuid())
        .listener(link.orders())
        .onTick(this::tick)
        .onFailure(this::loopFailed)
        .open();
  }

  private void onMessage(List<byte[]> frames) {
    HqCommand command = commands.read(frames);
    if (command == null) return;
    try {
      drainInbox();
      control.order(command, link.snapshot(), now());
    } catch (RuntimeException | Error e) {
      control.failed(e);
    }
  }

  private void tick() {
    loopThread = Thread.currentThread();
    try {
      drainInbox();
      control.tick(link.snapshot(), now());
      warnWhenStuck();
    } catch (RuntimeException | Error e) {
      control.failed(e);
    }
  }

  private void drainInbox() {
    for (Runnable event = inbox.poll(); event != null; event = inbox.poll()) event.run();
  }

  private void warnWhenStuck() {
    MessageSender current = sender;
    if (!flow.isNewlyStuck(current.sent(), current.waiting(), now())) return;
    LOG.log(
        Level.WARNING,
        "turret {0}: nothing has left for 5 s, {1} results wait; the connection to {2} {3}",
        settings.name(),
        current.waiting(),
        settings.results(),
        current.isConnected() ? "stands, but the headquarters does not read" : "is not there");
  }

  private long now() {
    return settings.clock().getAsLong();
  }

  /** Has the state machine's thread do something; does it here when that thread has died. */
  private void post(Runnable event) {
    if (loopDead) event.run();
    else inbox.add(event);
  }

  private void fail(Throwable cause) {
    post(() -> control.failed(cause));
  }

  private void loopFailed(Throwable cause) {
    loopDead = true;
    drainInbox();
    control.failed(cause);
  }

  private byte[] status(String word) {
    return OctCodec.encode(
        new TurretStatus(
            settings.name(),
            word,
            settings.uuid(),
            settings.rampUp().toNanos() / 1e9,
            settings.script(),
            settings.cannons()));
  }

  @Override
  public boolean sendStatus(String word) {
    MessageSender current = sender;
    if (!current.isConnected() || current.noticesWaiting() > 0) return false;
    try {
      current.sendNotice(status(word));
      return true;
    } catch (ClosedException e) {
      return false; // the run has just said its last word
    }
  }

  @Override
  public void startRun(int number, long startNanos, Map<String, @Nullable Object> runContext) {
    MessageSender current = sender;
    ResultSender results = new ResultSender(current, settings.name(), startEpochMicros(startNanos));
    UserPool.Builder cannons = cannons(results, startNanos, runContext);
    RunInProgress run = new RunInProgress(number, startNanos, settings, current, results, cannons);
    current.holdAfterDisconnect(true);
    current.sendNotice(status(TurretStatus.RUNNING));
    run.start(this::fail, this::loadEnded, this::runEnded);
    totals.begin(run); // its end comes through the inbox, so not before
  }

  private long startEpochMicros(long startNanos) {
    Instant arrival = settings.wallClock().instant().minusNanos(now() - startNanos);
    return ChronoUnit.MICROS.between(Instant.EPOCH, arrival);
  }

  private UserPool.Builder cannons(
      ResultSender results, long startNanos, Map<String, @Nullable Object> runContext) {
    UserPool.Builder builder =
        UserPool.builder(settings.factory(), results)
            .behavior(settings.cannon()::fire)
            .threads(settings.threads())
            .group(settings.name())
            .threadName("cannon-" + settings.name())
            .profile(settings.profile())
            .grace(settings.grace())
            .abandonAfter(settings.abandonAfter())
            .settings(settings.settings())
            .runContext(runContext)
            .clock(settings.clock())
            .startNanos(startNanos);
    if (settings.classLoader() != null) builder.classLoader(settings.classLoader());
    return builder;
  }

  @Override
  public boolean endRun(TurretRun.End end, @Nullable String lastWord) {
    RunInProgress run = totals.current();
    if (run != null) run.end(end, lastWord);
    return run != null;
  }

  /** On the run's own thread. */
  private void loadEnded(RunInProgress run) {
    runLog.loadEnded(run.number(), run.fired(), run.endReason());
    listen(() -> settings.listener().loadEnded(run.number(), run.fired(), run.endReason()));
  }

  /** On the run's own thread. */
  private void runEnded(RunInProgress run) {
    String lastWord = run.closeConnection(this::status);
    TurretRun outcome = run.outcome();
    runLog.runEnded(outcome);
    try {
      listen(() -> settings.listener().runEnded(outcome));
      sender = openSender();
    } catch (RuntimeException | Error e) {
      fail(e);
    }
    post(
        () -> {
          totals.end(outcome);
          control.runEnded(lastWord, link.snapshot(), now());
          complete(outcome);
        });
  }

  private void complete(TurretRun outcome) {
    CompletableFuture<TurretRun> waitedFor;
    synchronized (this) {
      waitedFor = runEnd;
      runEnd = new CompletableFuture<>();
    }
    waitedFor.complete(outcome);
  }

  @Override
  public void resumeResults() {
    sender.resume();
  }

  @Override
  public void reopenResults() {
    if (sender.noticesWaiting() == 0) return;
    sender.close(Duration.ZERO);
    sender = openSender();
  }

  @Override
  public void finish(TurretState end, @Nullable String lastWord) {
    Thread thread = new Thread(() -> free(end, lastWord), "end-" + settings.name());
    thread.setDaemon(true);
    thread.start();
  }

  private void free(TurretState end, @Nullable String lastWord) {
    try {
      if (lastWord != null && link.snapshot().orders()) {
        sender.closeAfter(status(lastWord), LAST_WORD_TIMEOUT);
      } else {
        sender.close(Duration.ZERO);
      }
      subscriber.close();
      context.close();
      closeResources();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "turret " + settings.name() + " did not close cleanly", e);
    } finally {
      control.ended(end);
      lastRunEnd().completeExceptionally(new ClosedException("turret " + settings.name()));
      ended.countDown();
    }
  }

  private void closeResources() {
    if (settings.resources() == null) return;
    try {
      settings.resources().close();
    } catch (Exception e) {
      LOG.log(Level.WARNING, "the script of turret " + settings.name() + " did not close", e);
    }
  }

  @Override
  public void stateChanged(TurretState state) {
    LOG.log(Level.DEBUG, "turret {0} is {1}", settings.name(), state);
    listen(() -> settings.listener().stateChanged(state));
  }

  private void listen(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a listener of turret " + settings.name() + " failed", e);
    }
  }

  /** Begins to end the turret; does not wait. */
  void requestEnd() {
    post(() -> control.end(TurretState.ABORTED, link.snapshot()));
  }

  boolean awaitEnd(Duration atMost) throws InterruptedException {
    if (Thread.currentThread() == loopThread) return false; // it would wait for itself
    return ended.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  void awaitEnd() throws InterruptedException {
    ended.await();
  }

  private synchronized CompletableFuture<TurretRun> lastRunEnd() {
    return runEnd;
  }

  CompletableFuture<TurretRun> runEnd() {
    CompletableFuture<TurretRun> future = lastRunEnd();
    if (ended.getCount() == 0) future.completeExceptionally(new ClosedException("turret"));
    return future;
  }

  TurretState state() {
    return control.state();
  }

  TurretStats stats() {
    TurretState state = control.state();
    boolean connected = !state.isEnd() && link.snapshot().up();
    return totals.stats(state, connected, control.runs(), commands);
  }
}
