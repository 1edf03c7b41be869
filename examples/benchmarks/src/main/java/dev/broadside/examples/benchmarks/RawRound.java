package dev.broadside.examples.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** A bare PUSH sends ready-made bytes as fast as it can. */
final class RawRound {
  private static final byte[] READY =
      "{\"turret\":\"raw\",\"status\":\"ready\"}".getBytes(StandardCharsets.US_ASCII);
  private static final long MARGIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final int MESSAGES_BETWEEN_LOOKS = 256;

  private final ZMQ.Socket push;
  private final byte[] message;
  private long sent;

  private RawRound(ZMQ.Socket push, int messageSize) {
    this.push = push;
    this.message = new byte[messageSize];
  }

  static RoundResult fire(CounterProcess counter, int seconds, int messageSize)
      throws IOException, InterruptedException {
    Ports ports = counter.open(seconds);
    try (ZContext context = new ZContext();
        ZMQ.Socket push = BareSocket.push(context, ports.results())) {
      RawRound round = new RawRound(push, messageSize);
      round.send(TimeUnit.SECONDS.toNanos(seconds) + MARGIN_NANOS);
      return RoundResult.ofRaw(counter.tally(), round.sent);
    }
  }

  /** Longer than the counter takes the time. */
  private void send(long nanos) {
    send(READY);
    long start = System.nanoTime();
    while (System.nanoTime() - start < nanos) {
      for (int i = 0; i < MESSAGES_BETWEEN_LOOKS; i++) send(message);
      sent += MESSAGES_BETWEEN_LOOKS;
    }
    send(READY);
  }

  private void send(byte[] bytes) {
    boolean taken = push.send(bytes, 0);
    while (!taken) taken = push.send(bytes, 0);
  }
}
