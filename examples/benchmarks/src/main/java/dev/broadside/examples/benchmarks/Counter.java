package dev.broadside.examples.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * A headquarters that only counts: waits for {@code ready}, orders {@code start}, takes the time
 * from the first result on, orders {@code stop}, and counts on until the {@code ready} behind the
 * last one.
 */
final class Counter implements AutoCloseable {
  private static final String START = " {\"command\":\"start\",\"msg\":\"open fire\"}";
  private static final String STOP = " {\"command\":\"stop\",\"msg\":\"premature stop\"}";
  private static final int SILENCE_MILLIS = 30_000;
  private static final int RECEIVE_BUFFER_BYTES = 64 * 1024; // as those of the senders it counts
  private static final int MESSAGES_BETWEEN_LOOKS = 256; // a look at the clock costs 45 ns

  private final ZContext context = new ZContext();
  private final ZMQ.Socket orders = context.createSocket(SocketType.PUB);
  private final ZMQ.Socket results;
  private final Ports ports;
  private long received;
  private long bytes;

  /** Binds both to ports that the system picks. */
  Counter(int receiveBufferBytes) {
    results = BareSocket.pull(context, receiveBufferBytes);
    results.setReceiveTimeOut(SILENCE_MILLIS);
    ports = new Ports(bind(orders), bind(results));
  }

  private static int bind(ZMQ.Socket socket) {
    return socket.bindToRandomPort("tcp://127.0.0.1");
  }

  /** Counts one round for each line of input, which says for how many seconds, until they end. */
  static int serve(InputStream input, PrintStream output) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(input, StandardCharsets.US_ASCII));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      try (Counter counter = new Counter(RECEIVE_BUFFER_BYTES)) {
        output.println(counter.ports.line());
        output.println(counter.count(Integer.parseInt(line)).line());
      }
    }
    return 0;
  }

  Ports ports() {
    return ports;
  }

  /** One round: takes the time for so long. */
  Tally count(int seconds) {
    byte[] first = startAndReceive();
    long start = System.nanoTime();
    add(first);
    long end = countUntil(start + TimeUnit.SECONDS.toNanos(seconds));
    long timed = received;
    orders.send(STOP);
    awaitReady();
    return new Tally(received, bytes, timed, end - start);
  }

  /** Who is still ready has not heard the start. */
  private byte[] startAndReceive() {
    byte[] message = receive();
    while (isStatus(message)) {
      if (isReady(message)) orders.send(START);
      message = receive();
    }
    return message;
  }

  private long countUntil(long deadline) {
    long now = System.nanoTime();
    while (now - deadline < 0) {
      for (int i = 0; i < MESSAGES_BETWEEN_LOOKS; i++) add(receive());
      now = System.nanoTime();
    }
    return now;
  }

  /** Counts what comes before it. */
  private void awaitReady() {
    byte[] message = receive();
    while (!isReady(message)) {
      add(message);
      message = receive();
    }
  }

  private void add(byte[] message) {
    if (isStatus(message)) return;
    received++;
    bytes += message.length;
  }

  private byte[] receive() {
    byte[] message = results.recv(0);
    if (message == null) throw new IllegalStateException("no message for 30 s");
    return message;
  }

  /** A status begins with the key "turret", a result with "turret_name". */
  private static boolean isStatus(byte[] message) {
    return message[8] == '"';
  }

  private static boolean isReady(byte[] message) {
    return isStatus(message)
        && new String(message, StandardCharsets.US_ASCII).contains("\"ready\"");
  }

  @Override
  public void close() {
    context.close();
  }
}
