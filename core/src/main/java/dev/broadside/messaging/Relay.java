package dev.broadside.messaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Iterator;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The thread that moves bytes for all relayed sockets of a context. Its code avoids what is slow to
 * start (lambdas, formats): it is part of the first message of a process that lives for a blink.
 */
final class Relay implements Runnable {
  /** Who has channels here. Called on the relay's thread only. */
  interface Client {
    /** Its turn has come, after {@link #wake} or {@link #wakeAfter}. */
    void turn() throws IOException;

    /** One of its channels is ready. */
    void ready(SelectionKey key) throws IOException;

    /** Its turn failed, or it was ready and failed: it closes what it has. */
    void failed(Throwable failure);
  }

  private static final LazyLogger LOG = new LazyLogger(Relay.class);

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final long CLOSE_MILLIS = 2000;

  private final Selector selector;
  private final Thread thread;
  private final ConcurrentLinkedQueue<Client> woken = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Alarm> alarms = new PriorityQueue<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private volatile boolean closing;

  private Relay(Selector selector, String name) {
    this.selector = selector;
    thread = new Thread(this, name);
    thread.setDaemon(true);
  }

  /** A relay at work. */
  static Relay open(String name) {
    try {
      Relay relay = new Relay(Selector.open(), name);
      relay.thread.start();
      return relay;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives the client a turn soon. Any thread may call this. */
  void wake(Client client) {
    woken.add(client);
    selector.wakeup();
  }

  /** Gives the client a turn after a while. The relay's thread only. */
  void wakeAfter(Client client, long nanos) {
    alarms.add(new Alarm(client, System.nanoTime() + nanos));
  }

  /** Watches a channel for its client. The relay's thread only. */
  SelectionKey watch(SelectableChannel channel, int operations, Client client) throws IOException {
    return channel.register(selector, operations, client);
  }

  /** A buffer for the moment, never for longer than a turn. The relay's thread only. */
  ByteBuffer buffer() {
    return buffer;
  }

  /** Whether clients still get their turns. */
  boolean isAlive() {
    return thread.isAlive();
  }

  @Override
  public void run() {
    try (selector) {
      serve();
    } catch (IOException | RuntimeException | Error e) {
      LOG.log(Level.ERROR, thread.getName() + " failed: its sockets are cut off", e);
    }
  }

  private void serve() throws IOException {
    try {
      while (!closing) {
        selector.select(millisToNextAlarm());
        ringAlarms();
        for (Client client = woken.poll(); client != null; client = woken.poll()) turn(client);
        serveReady();
      }
    } finally {
      for (SelectionKey key : selector.keys()) RelayedStream.close(key.channel());
    }
  }

  private long millisToNextAlarm() {
    Alarm next = alarms.peek();
    if (next == null) return 0; // no limit
    long nanos = next.due - System.nanoTime();
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
  }

  private void ringAlarms() {
    if (alarms.isEmpty()) return;
    long now = System.nanoTime();
    for (Alarm next = alarms.peek(); next != null && next.due - now <= 0; next = alarms.peek()) {
      alarms.remove();
      turn(next.client);
    }
  }

  private static void turn(Client client) {
    try {
      client.turn();
    } catch (IOException | RuntimeException | Error e) {
      client.failed(e);
    }
  }

  private void serveReady() {
    Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
    while (ready.hasNext()) {
      SelectionKey key = ready.next();
      ready.remove();
      if (key.isValid()) serve(key, (Client) key.attachment());
    }
  }

  private static void serve(SelectionKey key, @Nullable Client client) {
    if (client == null) return;
    try {
      client.ready(key);
    } catch (IOException | RuntimeException | Error e) {
      client.failed(e);
    }
  }

  /** Closes every channel and ends the thread. */
  void close() {
    closing = true;
    selector.wakeup();
    boolean interrupted = false;
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) Thread.currentThread().interrupt();
  }

  /** A turn that is due at some time. */
  private static final class Alarm implements Comparable<Alarm> {
    private final Client client;
    private final long due;

    Alarm(Client client, long due) {
      this.client = client;
      this.due = due;
    }

    @Override
    public int compareTo(Alarm other) {
      return Long.compare(due - other.due, 0);
    }
  }
}
