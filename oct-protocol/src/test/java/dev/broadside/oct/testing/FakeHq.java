package dev.broadside.oct.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * A headquarters of plain sockets and plain JSON, for one test thread. Its XPUB lets {@link
 * #awaitSubscriber} see subscriptions come in. Every wait has a bound and, when it runs out, says
 * what did arrive.
 */
public final class FakeHq implements AutoCloseable {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ZContext zmq = new ZContext();
  private final ZMQ.Socket orders = zmq.createSocket(SocketType.XPUB);
  private final ZMQ.Socket results = zmq.createSocket(SocketType.PULL);
  private final List<String> seen = new ArrayList<>();
  private final int publishPort;
  private final int resultsPort;

  private FakeHq(int publishPort, int resultsPort) {
    orders.setSndHWM(0); // a publisher drops what outruns its subscriber
    this.publishPort = bind(orders, publishPort);
    this.resultsPort = bind(results, resultsPort);
  }

  public static FakeHq onLoopback() {
    return new FakeHq(0, 0);
  }

  /** Another headquarters in the place of one that is gone. */
  public static FakeHq at(int publishPort, int resultsPort) {
    return new FakeHq(publishPort, resultsPort);
  }

  private static int bind(ZMQ.Socket socket, int port) {
    socket.bind("tcp://127.0.0.1:" + (port == 0 ? "*" : port));
    String endpoint = socket.getLastEndpoint();
    return Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
  }

  public int publishPort() {
    return publishPort;
  }

  public int resultsPort() {
    return resultsPort;
  }

  /** Waits for a subscription to everything: from then on no order is missed. */
  public void awaitSubscriber() {
    awaitSubscription("");
  }

  public void awaitSubscription(String topic) {
    byte[] wanted = ("\u0001" + topic).getBytes(UTF_8);
    long deadline = System.nanoTime() + BOUND.toNanos();
    while (System.nanoTime() < deadline) {
      orders.setReceiveTimeOut(100);
      byte[] frame = orders.recv();
      if (frame != null && java.util.Arrays.equals(frame, wanted)) return;
    }
    throw new AssertionError("no subscription to \"" + topic + "\" within " + BOUND);
  }

  public void command(String command, @Nullable String msg) {
    send(" {\"command\":\"" + command + "\",\"msg\":" + (msg == null ? "null" : quoted(msg)) + "}");
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  public void context(String json) {
    send(" {\"command\":\"set_transaction_context\",\"msg\":" + json + "}");
  }

  public void start() {
    command("start", "open fire");
  }

  public void stop() {
    command("stop", "premature stop");
  }

  public void requestStatus() {
    command("status_request", null);
  }

  public void directed(String uuid, String command) {
    send(uuid + " {\"command\":\"" + command + "\",\"msg\":null}");
  }

  public void send(String frame) {
    send(frame.getBytes(UTF_8));
  }

  public void send(byte[]... frames) {
    for (int i = 0; i < frames.length - 1; i++) orders.sendMore(frames[i]);
    orders.send(frames[frames.length - 1]);
  }

  /** The next message, status or result. */
  public JsonNode next() {
    return next(BOUND, "any message");
  }

  private JsonNode next(Duration bound, String wanted) {
    JsonNode message = poll(bound);
    if (message != null) return message;
    throw new AssertionError("no " + wanted + " within " + bound + "; what arrived: " + tail());
  }

  /** The next message within the bound, or null. */
  public @Nullable JsonNode poll(Duration bound) {
    results.setReceiveTimeOut((int) Math.max(1, bound.toMillis()));
    byte[] frame = results.recv();
    if (frame == null) return null;
    if (results.hasReceiveMore()) throw new AssertionError("a message of several frames");
    String text = new String(frame, UTF_8);
    seen.add(text);
    if (seen.size() > 2000) seen.subList(0, 1000).clear();
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }

  /** Whether a message arrives within the bound; it is not looked at. */
  public boolean arrives(Duration bound) {
    results.setReceiveTimeOut((int) Math.max(1, bound.toMillis()));
    return results.recv() != null;
  }

  /** Skips results until a status comes. */
  public String nextStatus() {
    return nextStatusMessage().get("status").textValue();
  }

  public JsonNode nextStatusMessage() {
    return await("status", FakeHq::isStatus);
  }

  /** Skips statuses until a result comes. */
  public JsonNode nextResult() {
    return await("result", message -> !isStatus(message));
  }

  /** Skips everything until this status comes. */
  public JsonNode awaitStatus(String word) {
    return await(
        "status " + word,
        message -> isStatus(message) && message.get("status").textValue().equals(word));
  }

  private JsonNode await(String wanted, Predicate<JsonNode> condition) {
    long deadline = System.nanoTime() + BOUND.toNanos();
    while (true) {
      JsonNode message = next(Duration.ofNanos(deadline - System.nanoTime()), wanted);
      if (condition.test(message)) return message;
    }
  }

  /** All results until this status comes; other statuses are skipped. */
  public List<JsonNode> resultsUntil(String word) {
    List<JsonNode> found = new ArrayList<>();
    await(
        "status " + word,
        message -> {
          if (!isStatus(message)) found.add(message);
          return isStatus(message) && message.get("status").textValue().equals(word);
        });
    return found;
  }

  /** How many results come until this status does; for runs too large to keep. */
  public long countUntil(String word) {
    results.setReceiveTimeOut((int) BOUND.toMillis());
    long count = 0;
    while (true) {
      byte[] frame = results.recv();
      if (frame == null) throw new AssertionError("no status " + word + " after " + count);
      if (frame[2] == 't' && frame[8] == '_') count++; // {"turret_name"
      else if (new String(frame, UTF_8).contains('"' + word + '"')) return count;
    }
  }

  public static boolean isStatus(JsonNode message) {
    return message.has("status");
  }

  private String tail() {
    return String.join("\n", seen.subList(Math.max(0, seen.size() - 20), seen.size()));
  }

  @Override
  public void close() {
    orders.setLinger(1000);
    orders.close();
    results.close();
    zmq.close();
  }

  /** Gone as a killed process is: what was queued is lost. */
  public void vanish() {
    orders.setLinger(0);
    orders.close();
    results.close();
    zmq.close();
  }
}
