package dev.broadside.oct.hq;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * A turret of plain sockets and plain JSON, for one test thread. Every wait has a bound and, when
 * it runs out, says what did arrive.
 */
final class FakeTurret implements AutoCloseable {
  private static final Duration BOUND = Duration.ofSeconds(20);

  private final ZContext zmq = new ZContext();
  private final ZMQ.Socket orders = zmq.createSocket(SocketType.SUB);
  private final ZMQ.Socket results;
  private final Headquarters hq;
  private final String name;
  private final String uuid;
  private final List<String> heard = new ArrayList<>();

  FakeTurret(Headquarters hq, String name) {
    this.hq = hq;
    this.name = name;
    this.uuid = "uuid-of-" + name;
    this.results = cannon();
    orders.subscribe("");
    orders.connect("tcp://127.0.0.1:" + hq.publishPort());
    awaitSubscription();
  }

  /** A connection of its own, as each cannon of the original has one. */
  ZMQ.Socket cannon() {
    ZMQ.Socket push = zmq.createSocket(SocketType.PUSH);
    push.setLinger(5000);
    push.connect("tcp://127.0.0.1:" + hq.resultsPort());
    return push;
  }

  /** Only an order that arrived proves that the next one will. */
  private void awaitSubscription() {
    long deadline = System.nanoTime() + BOUND.toNanos();
    do {
      hq.orders().statusRequest();
      if (System.nanoTime() > deadline) throw new AssertionError("no order arrived");
    } while (poll(50) == null);
    while (poll(100) != null) {} // the other requests
    heard.clear();
  }

  private @Nullable String poll(int millis) {
    orders.setReceiveTimeOut(millis);
    String order = orders.recvStr();
    if (order != null) heard.add(order);
    return order;
  }

  String uuid() {
    return uuid;
  }

  void says(String word) {
    send(
        "{\"turret\": \""
            + name
            + "\", \"status\": \""
            + word
            + "\", \"uuid\": \""
            + uuid
            + "\", \"rampup\": 0, \"script\": \"v_user.py\", \"cannons\": 1}");
  }

  void fires(int results) {
    for (int i = 0; i < results; i++) send(result(0.25, ""));
  }

  String result(double elapsed, String error) {
    return "{\"turret_name\": \""
        + name
        + "\", \"elapsed\": "
        + elapsed
        + ", \"epoch\": 1453731738, \"scriptrun_time\": 0.125, \"error\": \""
        + error
        + "\", \"custom_timers\": {\"login\": 0.0625}}";
  }

  void send(String message) {
    results.send(message);
  }

  void send(byte[]... frames) {
    for (int i = 0; i < frames.length - 1; i++) results.sendMore(frames[i]);
    results.send(frames[frames.length - 1]);
  }

  /** Skips orders until this one comes; returns it as it came. */
  String awaitOrder(String command) {
    long deadline = System.nanoTime() + BOUND.toNanos();
    while (System.nanoTime() < deadline) {
      String order = poll(100);
      if (order != null && order.contains("\"" + command + "\"")) return order;
    }
    throw new AssertionError("no order " + command + " within " + BOUND + ", only " + heard);
  }

  /** All orders so far, as they came. */
  List<String> heard() {
    return List.copyOf(heard);
  }

  @Override
  public void close() {
    orders.close();
    results.close();
    zmq.close();
  }
}
