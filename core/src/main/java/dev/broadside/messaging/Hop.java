package dev.broadside.messaging;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import org.zeromq.ZMQ;

/**
 * The way of one socket through the relay. Opened, tended and finished by the thread that owns the
 * socket; everything else happens on the relay's.
 */
abstract class Hop implements Relay.Client {
  private static final LazyLogger LOG = new LazyLogger(Hop.class);

  private static final long SLICE_MILLIS = 50;
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
    if (finishing) finishNow(aborting);
    else work();
    settle();
  }

  /** The socket is about to be closed, and its connections end with it. */
  final void retire() {
    retiring = true;
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
    LOG.log(Level.WARNING, "the relay of " + endpoint + " failed", failure);
  }
}
