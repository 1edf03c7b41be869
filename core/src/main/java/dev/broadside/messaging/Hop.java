package dev.broadside.messaging;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.zeromq.ZMQ;

/**
 * The way of one socket through the relay. Opened, tended and finished by the thread that owns the
 * socket; everything else happens on the relay's.
 */
abstract class Hop implements Relay.Client {
  private static final LazyLogger LOG = new LazyLogger(Hop.class);

  private static final long SLICE_MILLIS = 50;
  private static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long ABORT_NANOS = TimeUnit.SECONDS.toNanos(1);

  final Relay relay;
  final LoopbackDoor door;
  final Endpoint endpoint;
  private volatile boolean retiring;
  private volatile boolean finishing;
  private volatile boolean aborting;
  private boolean settled; // guarded by this object's lock

  Hop(Relay relay, LoopbackDoor door, Endpoint endpoint) {
    this.relay = relay;
    this.door = door;
    this.endpoint = endpoint;
  }

  /** Opens the door, then the way to it. */
  abstract void open(ZMQ.Socket socket);

  /** Does what only the socket's thread can do; called often. */
  void tend(ZMQ.Socket socket) {}

  /** Ends what nobody needs any more: all of it, or what has nothing under way. */
  abstract void finishNow(boolean all);

  /** Whether streams are left. */
  abstract boolean hasStreams();

  /** A stream has ended. */
  abstract void streamOver(RelayedStream stream);

  /** Does what is due while the socket is open. */
  abstract void work() throws IOException;

  @Override
  public final void turn() throws IOException {
    if (retiring) absorb();
    if (finishing) finishNow(aborting);
    else work();
    settle();
  }

  /**
   * The socket is about to be closed, and its connections end with it. Waits, not longer than to
   * the deadline, until ZeroMQ has said all, where the peer reads more slowly than that.
   */
  final void retire(long deadline) {
    retiring = true;
    relay.wake(this);
    if (!isBacklogged()) return;
    long since = System.nanoTime();
    long quiet = since;
    while (quiet - since < SILENCE_NANOS && System.nanoTime() - deadline < 0 && relay.isAlive()) {
      LockSupport.parkNanos(LOOK_NANOS);
      since = Math.max(since, lastRead());
      quiet = System.nanoTime();
    }
  }

  /** Takes all that ZeroMQ has to say, though the peer does not read. */
  void absorb() {}

  /** Whether more was said than the peer has read. */
  boolean isBacklogged() {
    return false;
  }

  /** When ZeroMQ was last heard. */
  long lastRead() {
    return System.nanoTime();
  }

  final boolean isRetiring() {
    return retiring;
  }

  /** Whether the socket is closed. */
  final boolean isFinishing() {
    return finishing;
  }

  /**
   * Waits, when the socket is closed, until the peers have read all that it sent, but not longer
   * than to the deadline; then closes what is left.
   */
  final void finish(long deadline) {
    finishing = true;
    relay.wake(this);
    if (deadline - System.nanoTime() > 0 && awaitSettled(deadline)) return;
    door.fallSilent();
    aborting = true;
    relay.wake(this);
    if (!awaitSettled(System.nanoTime() + ABORT_NANOS)) {
      LOG.log(Level.WARNING, "the relay of {0} does not end", endpoint);
    }
  }

  private synchronized boolean awaitSettled(long deadline) {
    boolean interrupted = false;
    while (!settled && relay.isAlive()) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) break;
      try {
        wait(Math.min(left, SLICE_MILLIS)); // the relay may end without a word
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
    return settled || !relay.isAlive();
  }

  /** Tells who waits that nothing is left. */
  final void settle() {
    if (!finishing || hasStreams()) return;
    synchronized (this) {
      settled = true;
      notifyAll();
    }
  }

  final void logFailure(Throwable failure) {
    Level level = retiring || finishing ? Level.DEBUG : Level.WARNING; // its end may cross others
    LOG.log(level, "the relay of " + endpoint + " failed", failure);
  }
}
