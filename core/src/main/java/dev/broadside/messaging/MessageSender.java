package dev.broadside.messaging;

import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/**
 * Sends messages over a PUSH socket that a thread of its own owns. Any thread may bring messages:
 * they are queued, in order, and leave in batches; a part-full batch leaves within a few
 * milliseconds.
 *
 * <p>Messages leave only while a connection stands; meanwhile they wait in the queue, bounded by
 * {@link Builder#capacity}, and then the {@link OverflowPolicy} decides. What ZeroMQ itself may
 * hold uncounted is at most {@link #HIGH_WATER_MARK} messages, and 64 KiB in the kernel; a relay
 * ({@code ipc://}, {@link Builder#relayed}) holds 64 KiB, and the kernel as much on either side of
 * it. Source: docs/protocols.md 1.3 and 2.3.
 *
 * <p>Thread-safe.
 */
public final class MessageSender implements AutoCloseable {
  /** How many messages ZeroMQ may hold for the connection, out of our sight. */
  public static final int HIGH_WATER_MARK = 1000;

  private final BatchQueue queue;
  private final Connection connection;
  private final Loop loop;
  private final Duration closeTimeout;

  private MessageSender(Builder settings) {
    queue = new BatchQueue(settings.capacity, settings.overflowPolicy, settings.patienceNanos);
    connection = new Connection(settings.endpoint, settings.listener);
    closeTimeout = settings.closeTimeout;
    loop = new Loop(settings, queue, connection);
    loop.open();
  }

  /**
   * A sender that connects to the endpoint.
   *
   * @param context what owns the I/O threads; closed by its owner, after this sender
   */
  public static Builder builder(MessagingContext context, Endpoint endpoint) {
    return new Builder(context, endpoint);
  }

  /**
   * Queues a message. Waits for room under {@link OverflowPolicy#BLOCK}.
   *
   * @param message the bytes of its one frame; not to be changed afterwards
   * @return false when it was dropped
   * @throws ClosedException if this sender is closed
   */
  public boolean send(byte[] message) {
    return queue.put(Objects.requireNonNull(message, "message"), Function.identity());
  }

  /**
   * Queues a message that is encoded on the way in. The encoder is called under the queue's lock,
   * by one thread at a time and in the order of sending, so it may keep state; it must be quick.
   *
   * @return false when it was dropped
   * @throws ClosedException if this sender is closed
   */
  public <T> boolean send(T message, Function<? super T, byte[]> encoder) {
    return queue.put(message, encoder);
  }

  /**
   * Queues a message that stands outside of the account, behind all that was sent before. It is
   * never dropped and never waits for room, so callers see to it that few are under way.
   *
   * @throws ClosedException if this sender is closed
   */
  public void sendNotice(byte[] message) {
    queue.putNotice(Objects.requireNonNull(message, "message"));
  }

  /** Lets every thread that waits for room go on; from now on the queue has no bound. */
  public void release() {
    queue.release();
  }

  /**
   * Whether messages keep waiting after a connection broke and came back, until {@link #resume()}.
   * Default false.
   */
  public void holdAfterDisconnect(boolean hold) {
    connection.holdAfterDisconnect(hold);
  }

  /** Lets messages flow again on a connection that came back. */
  public void resume() {
    connection.resume();
  }

  /**
   * Makes the connection that stands the last one: once it breaks, or if it has broken by now, what
   * is queued will not be sent, not even when another one comes, and {@link #close} does not wait
   * for that. A sender that was never connected waits for its first connection.
   */
  public void makeConnectionLast() {
    connection.makeLastUnlessBroken();
  }

  /** Whether a connection stands. */
  public boolean isConnected() {
    return connection.isConnected();
  }

  /**
   * Messages that were handed to ZeroMQ so far, those outside of the account left out. Counted
   * batch by batch: while one is under way its messages still count as waiting.
   */
  public long sent() {
    return loop.sent;
  }

  /** Messages that wait here to be sent. */
  public long waiting() {
    return (long) queue.waiting() + loop.inHand;
  }

  /** Messages outside of the account that have not left yet. */
  public int noticesWaiting() {
    return queue.notices();
  }

  /** How long threads waited for room under {@link OverflowPolicy#BLOCK}, added up over threads. */
  public Duration heldBack() {
    return Duration.ofNanos(queue.heldBackNanos());
  }

  /** The account as it stands. Final once the sender is closed. */
  public Account account() {
    return new Account(
        queue.produced(), loop.sent, queue.dropped(), loop.unsent, connection.disconnects());
  }

  /** Closes within the close timeout given to the builder. */
  @Override
  public void close() {
    close(closeTimeout);
  }

  /**
   * Sends what is queued, then closes the socket. Waits at most about so long; a connection that
   * breaks meanwhile ends the wait. What could not be sent is counted as unsent. Called again, it
   * only waits for the first call's end.
   *
   * @param timeout zero discards what is queued
   * @return the final account
   */
  public Account close(Duration timeout) {
    requireNotNegative(timeout);
    queue.seal();
    return flush(timeout);
  }

  /**
   * As {@link #close(Duration)}, with a last message behind all that is queued. It stands outside
   * of the account.
   */
  public Account closeAfter(byte[] lastNotice, Duration timeout) {
    requireNotNegative(timeout);
    queue.sealWith(Objects.requireNonNull(lastNotice, "lastNotice"));
    return flush(timeout);
  }

  private static Duration requireNotNegative(Duration timeout) {
    if (timeout.isNegative()) throw new IllegalArgumentException("timeout < 0: " + timeout);
    return timeout;
  }

  private Account flush(Duration timeout) {
    loop.requestFlush(timeout);
    loop.awaitClosed(timeout.toMillis() + Loop.SLACK_MILLIS);
    return account();
  }

  /** Owns the PUSH socket. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // this thread writes its counts, others read them
  private static final class Loop extends SocketLoop {
    static final long SLACK_MILLIS = 1000;

    private static final int NEVER = -1;
    private static final long CLOSED_GATE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int SEND_MILLIS = 5; // far below the time that a reconnect takes

    private final BatchQueue queue;
    private final Connection connection;
    private volatile long flushDeadline;
    private volatile boolean isFlushing; // and not ended by a failure
    volatile long sent;
    volatile long unsent;
    volatile int inHand;

    Loop(Builder settings, BatchQueue queue, Connection connection) {
      super(SocketType.PUSH, settings, connection);
      this.queue = queue;
      this.connection = connection;
    }

    @Override
    void configure(ZMQ.Socket push) {
      push.setSndHWM(HIGH_WATER_MARK);
      push.setLinger(0); // set anew when closing
      push.setImmediate(false); // nothing queues for a peer that is not there
      push.setSendTimeOut(SEND_MILLIS);
    }

    synchronized void requestFlush(Duration timeout) {
      if (isClosing()) return;
      flushDeadline = System.nanoTime() + timeout.toNanos();
      isFlushing = true;
      connection.makeLast();
      requestClose();
    }

    @Override
    void work(ZMQ.Socket push) {
      try {
        while (!isClosing()) {
          connection.look();
          tend(push);
          sendNext(push);
        }
        while (sendNext(push)) {} // each batch minds the deadline
        awaitWrittenOut();
        push.setReconnectIVL(NEVER); // or what lingers would go to whoever binds the port next
        push.setLinger(connection.maySend() ? lingerMillis() : 0);
      } finally {
        unsent += queue.abandon(); // nothing is left but after a failure
      }
    }

    /** A direct connection ends when ZeroMQ has read its queue, not when it has written it. */
    private void awaitWrittenOut() {
      SelectableChannel channel = connection.channel();
      if (channel == null || isRelayed()) return;
      WrittenOut.await(channel, () -> !connection.maySend() || flushIsOver());
    }

    @Override
    long flushDeadline() {
      return isFlushing ? flushDeadline : System.nanoTime();
    }

    private int lingerMillis() {
      long left = TimeUnit.NANOSECONDS.toMillis(flushDeadline - System.nanoTime());
      return (int) Math.max(0, Math.min(Integer.MAX_VALUE, left));
    }

    private boolean sendNext(ZMQ.Socket push) {
      Batch batch = queue.poll();
      if (batch == null) return false;
      inHand = batch.counted() ? batch.size() : 0;
      int handed = 0;
      try {
        while (handed < batch.size() && send(push, batch.get(handed))) handed++;
      } finally {
        settle(batch, handed);
      }
      return true;
    }

    private void settle(Batch batch, int handed) {
      inHand = 0;
      if (!batch.counted()) {
        queue.noticeSettled();
        return;
      }
      sent += handed;
      unsent += batch.size() - handed;
    }

    private boolean send(ZMQ.Socket push, byte[] message) {
      while (!(isClosing() && flushIsOver())) {
        if (!connection.maySend()) awaitConnection(push);
        else if (push.send(message, 0)) return true;
        queue.nothingLeaves();
      }
      return false;
    }

    private void awaitConnection(ZMQ.Socket push) {
      tend(push);
      LockSupport.parkNanos(CLOSED_GATE_NANOS);
    }

    private boolean flushIsOver() {
      return connection.isOver() || flushDeadline - System.nanoTime() <= 0;
    }
  }

  /** Settings of a {@link MessageSender}. */
  public static final class Builder extends SocketSettings<Builder> {
    private int capacity = 4096;
    private OverflowPolicy overflowPolicy = OverflowPolicy.BLOCK;
    private long patienceNanos = Long.MAX_VALUE;
    private Duration closeTimeout = Duration.ofSeconds(5);

    private Builder(MessagingContext context, Endpoint endpoint) {
      super(context, endpoint, false);
    }

    @Override
    Builder self() {
      return this;
    }

    /** How many messages may wait here. Default 4096. */
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
     * Under {@link OverflowPolicy#BLOCK}: once nothing has left a full queue for so long, messages
     * are dropped until something leaves again. Default: no limit.
     */
    public Builder patience(Duration patience) {
      this.patienceNanos = requireNotNegative(patience).toNanos();
      return this;
    }

    /**
     * Takes the way of {@code ipc://} for tcp too: a thread in this process connects to the peer,
     * and to this socket from inside. Such a connection never stalls, which JeroMQ's own do once in
     * a while, for half a second on loopback and two seconds elsewhere; and {@link
     * MessageSender#close} waits until the peer has read everything. For processes that live for
     * seconds. Default: a connection of JeroMQ's own.
     */
    public Builder relayed() {
      this.relayed = true;
      return this;
    }

    /** How long {@link MessageSender#close()} may take to send what is queued. Default 5 s. */
    public Builder closeTimeout(Duration closeTimeout) {
      this.closeTimeout = requireNotNegative(closeTimeout);
      return this;
    }

    /**
     * Opens the socket.
     *
     * @throws MessagingException if that fails, saying why
     */
    public MessageSender open() {
      return new MessageSender(this);
    }
  }
}
