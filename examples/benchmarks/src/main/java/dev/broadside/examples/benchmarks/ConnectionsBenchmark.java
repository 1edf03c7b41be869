package dev.broadside.examples.benchmarks;

import dev.broadside.messaging.Account;
import dev.broadside.messaging.Endpoint;
import dev.broadside.messaging.MessageReceiver;
import dev.broadside.messaging.MessageSender;
import dev.broadside.messaging.MessagingContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * How long a sender waits for its connection while every processor is busy, and how many messages a
 * second it then sends, by each {@link ConnectionKind}.
 */
final class ConnectionsBenchmark {
  private static final int WARM_UP = 50;
  private static final int MESSAGE_BYTES = 200;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final ConnectionsOptions options;
  private boolean sound = true;

  ConnectionsBenchmark(ConnectionsOptions options) {
    this.options = options;
  }

  /** False when a message did not arrive. */
  boolean run() throws Exception {
    Path folder = Files.createTempDirectory("benchmark");
    try {
      printHead();
      for (ConnectionKind kind : ConnectionKind.values()) connect(kind, folder);
      System.out.printf("%n%-14s %14s%n", "", "messages/s");
      for (ConnectionKind kind : ConnectionKind.values()) send(kind, folder);
    } finally {
      Files.delete(folder);
    }
    return sound;
  }

  private void printHead() {
    System.out.printf(
        "%d connections of each kind under load; Java %s, %d processors%n",
        options.connections(),
        System.getProperty("java.version"),
        Runtime.getRuntime().availableProcessors());
    System.out.printf(
        "%-14s %10s %10s %10s %10s%n", "", "median ms", "99 %", "longest", "> 300 ms");
  }

  private void connect(ConnectionKind kind, Path folder) throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    double[] millis = new double[options.connections()];
    try (MessagingContext far = MessagingContext.create("far");
        MessageReceiver receiver =
            MessageReceiver.builder(far, kind.toBind(folder), frames -> {}).open()) {
      for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) spin(enough);
      for (int i = -WARM_UP; i < millis.length; i++) {
        double wait = connectOnce(kind, receiver.endpoint());
        if (i >= 0) millis[i] = wait;
      }
    } finally {
      enough.set(true);
    }
    Arrays.sort(millis);
    System.out.printf(
        "%-14s %10.1f %10.1f %10.1f %10d%n",
        kind.words(),
        millis[millis.length / 2],
        millis[millis.length * 99 / 100],
        millis[millis.length - 1],
        Arrays.stream(millis).filter(wait -> wait > 300).count());
  }

  private static void spin(AtomicBoolean enough) {
    Thread spinner =
        new Thread(
            () -> {
              while (!enough.get()) Thread.onSpinWait();
            });
    spinner.setDaemon(true);
    spinner.start();
  }

  /** A context of its own, as each process has. */
  private static double connectOnce(ConnectionKind kind, Endpoint endpoint) {
    try (MessagingContext near = MessagingContext.create("near")) {
      long since = System.nanoTime();
      try (MessageSender sender = kind.connect(near, endpoint)) {
        while (!sender.isConnected()) {
          requireWithinLimit(since);
          LockSupport.parkNanos(100_000);
        }
        return (System.nanoTime() - since) / 1e6;
      }
    }
  }

  private static void requireWithinLimit(long since) {
    if (System.nanoTime() - since < LIMIT.toNanos()) return;
    throw new IllegalStateException("no connection within " + LIMIT);
  }

  private void send(ConnectionKind kind, Path folder) {
    double[] rates = new double[options.rounds()];
    for (int round = -1; round < rates.length; round++) { // one to warm up
      double rate = sendOnce(kind, folder);
      if (round >= 0) rates[round] = rate;
    }
    Arrays.sort(rates);
    System.out.printf("%-14s %,14.0f%n", kind.words(), rates[rates.length / 2]);
  }

  private double sendOnce(ConnectionKind kind, Path folder) {
    AtomicLong received = new AtomicLong();
    byte[] message = new byte[MESSAGE_BYTES];
    try (MessagingContext far = MessagingContext.create("far");
        MessagingContext near = MessagingContext.create("near");
        MessageReceiver receiver =
            MessageReceiver.builder(far, kind.toBind(folder), frames -> received.incrementAndGet())
                .open();
        MessageSender sender = kind.connect(near, receiver.endpoint())) {
      long begun = System.nanoTime();
      while (!sender.isConnected()) requireWithinLimit(begun);
      long since = System.nanoTime();
      for (int i = 0; i < options.messages(); i++) sender.send(message);
      Account account = sender.close(LIMIT);
      long waiting = System.nanoTime();
      while (received.get() < account.sent() && System.nanoTime() - waiting < LIMIT.toNanos()) {
        LockSupport.parkNanos(100_000);
      }
      sound &= received.get() == options.messages();
      return options.messages() / ((System.nanoTime() - since) / 1e9);
    }
  }
}
