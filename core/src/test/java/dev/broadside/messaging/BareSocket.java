package dev.broadside.messaging;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** The far side: a plain JeroMQ socket on loopback, with a context of its own, for one thread. */
final class BareSocket implements AutoCloseable {
  private static final int HANDSHAKE_MILLIS = 500; // JeroMQ's connect stall must not stall tests

  private final ZContext zmq = new ZContext();
  private final ZMQ.Socket socket;

  private BareSocket(SocketType type, Consumer<ZMQ.Socket> options) {
    socket = zmq.createSocket(type);
    socket.setLinger(0);
    socket.setHandshakeIvl(HANDSHAKE_MILLIS);
    socket.setSendTimeOut((int) Wait.BOUND.toMillis());
    options.accept(socket);
  }

  static BareSocket bound(SocketType type) {
    return bound(type, 0, socket -> {});
  }

  static BareSocket bound(SocketType type, int port) {
    return bound(type, port, socket -> {});
  }

  static BareSocket bound(SocketType type, int port, Consumer<ZMQ.Socket> options) {
    BareSocket bare = new BareSocket(type, options);
    bare.socket.bind("tcp://127.0.0.1:" + (port == 0 ? "*" : port));
    return bare;
  }

  static BareSocket connected(SocketType type, Endpoint endpoint) {
    return connected(type, endpoint, socket -> {});
  }

  static BareSocket connected(SocketType type, Endpoint endpoint, Consumer<ZMQ.Socket> options) {
    BareSocket bare = new BareSocket(type, options);
    bare.socket.connect(endpoint.toString());
    return bare;
  }

  /** A PULL that takes as little as possible from a sender as long as nobody reads. */
  static BareSocket narrowPull(int port) {
    return bound(
        SocketType.PULL,
        port,
        pull -> {
          pull.setRcvHWM(1);
          pull.setReceiveBufferSize(4096);
        });
  }

  Endpoint endpoint() {
    return Endpoint.parse(socket.getLastEndpoint());
  }

  int port() {
    return endpoint().port();
  }

  void send(String... frames) {
    for (int i = 0; i < frames.length; i++) {
      int flags = i < frames.length - 1 ? ZMQ.SNDMORE : 0;
      if (!socket.send(frames[i].getBytes(StandardCharsets.UTF_8), flags)) {
        throw new AssertionError("nobody took the message within " + Wait.BOUND);
      }
    }
  }

  /** The next frame. */
  String next() {
    String frame = within((int) Wait.BOUND.toMillis());
    if (frame == null) throw new AssertionError("nothing arrived within " + Wait.BOUND);
    return frame;
  }

  List<String> next(int count) {
    List<String> all = new ArrayList<>(count);
    while (all.size() < count) {
      String frame = within((int) Wait.BOUND.toMillis());
      if (frame == null) {
        throw new AssertionError(
            "only " + all.size() + " of " + count + " arrived within " + Wait.BOUND);
      }
      all.add(frame);
    }
    return all;
  }

  /** What arrives until so long nothing does. */
  List<String> untilSilence(int millis) {
    List<String> all = new ArrayList<>();
    for (String frame = within(millis); frame != null; frame = within(millis)) all.add(frame);
    return all;
  }

  @Nullable String within(int millis) {
    socket.setReceiveTimeOut(millis);
    byte[] bytes = socket.recv();
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  boolean hasMore() {
    return socket.hasReceiveMore();
  }

  @Override
  public void close() {
    zmq.close();
  }
}
