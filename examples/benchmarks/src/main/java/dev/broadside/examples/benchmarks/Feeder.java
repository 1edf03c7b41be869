package dev.broadside.examples.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * A turret that does nothing but send: from {@code start} to {@code stop} a bare PUSH sends
 * ready-made results as fast as it can, as if their time had just passed.
 */
final class Feeder implements AutoCloseable {
  private static final int MESSAGES_BETWEEN_LOOKS = 256;
  private static final int READY_MILLIS = 1000;

  private final ZContext context = new ZContext();
  private final ReadyMadeResults results;
  private final ZMQ.Socket orders;
  private final ZMQ.Socket push;
  private long sent;

  private Feeder(Ports ports, ReadyMadeResults results) throws InterruptedException {
    this.results = results;
    this.orders = BareSocket.subscribed(context, ports.orders());
    this.orders.setReceiveTimeOut(READY_MILLIS);
    this.push = BareSocket.push(context, ports.results());
  }

  /** Feeds one round for each line of input, which says where to, until they end. */
  static int serve(InputStream input, PrintStream output) throws IOException, InterruptedException {
    ReadyMadeResults results = new ReadyMadeResults();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(input, StandardCharsets.US_ASCII));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      try (Feeder feeder = new Feeder(Ports.parse(line), results)) {
        feeder.feed();
        output.println(feeder.sent);
      }
    }
    return 0;
  }

  private void feed() {
    awaitStart();
    send(status("Running"));
    long start = System.nanoTime();
    while (!isStopped()) {
      byte[][] now = results.endedAt(System.nanoTime() - start);
      for (int i = 0; i < MESSAGES_BETWEEN_LOOKS; i++) send(now[i % now.length]);
      sent += MESSAGES_BETWEEN_LOOKS;
    }
    send(status("ready"));
  }

  private void awaitStart() {
    String order = "";
    while (!order.contains("\"start\"")) {
      send(status("ready"));
      String next = orders.recvStr();
      order = next == null ? "" : next; // the start may have come before the subscription
    }
  }

  private boolean isStopped() {
    String order = orders.recvStr(ZMQ.DONTWAIT);
    return order != null && order.contains("\"stop\"");
  }

  private void send(byte[] bytes) {
    boolean taken = push.send(bytes, 0);
    while (!taken) taken = push.send(bytes, 0);
  }

  private static byte[] status(String word) {
    String status =
        "{\"turret\":\"feeder\",\"status\":\""
            + word
            + "\",\"uuid\":\"f-1\",\"rampup\":0,\"script\":\"s\",\"cannons\":1}";
    return status.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    context.close();
  }
}
