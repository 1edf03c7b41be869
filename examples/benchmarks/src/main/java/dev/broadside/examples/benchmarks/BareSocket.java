package dev.broadside.examples.benchmarks;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** JeroMQ's own sockets, with the options that Broadside sets on its. */
final class BareSocket {
  private static final int HIGH_WATER_MARK = 1000;
  private static final int KERNEL_BUFFER_BYTES = 64 * 1024;
  private static final int HANDSHAKE_MILLIS = 500;
  private static final int SEND_MILLIS = 5;
  private static final int LINGER_MILLIS = 5000;
  private static final int CONNECT_SECONDS = 30;
  private static final int SUBSCRIPTION_MILLIS = 200; // docs/protocols.md 1.3

  private BareSocket() {}

  static ZMQ.Socket pull(ZContext context, int receiveBufferBytes) {
    ZMQ.Socket pull = context.createSocket(SocketType.PULL);
    pull.setRcvHWM(HIGH_WATER_MARK);
    pull.setReceiveBufferSize(receiveBufferBytes); // JeroMQ refuses a send buffer where it binds
    return pull;
  }

  /**
   * Returns when the connection stands: what is sent before may vanish in a connect that stalls.
   */
  static ZMQ.Socket push(ZContext context, int port) throws InterruptedException {
    ZMQ.Socket push = context.createSocket(SocketType.PUSH);
    push.setSndHWM(HIGH_WATER_MARK);
    push.setSendBufferSize(KERNEL_BUFFER_BYTES);
    push.setReceiveBufferSize(KERNEL_BUFFER_BYTES);
    push.setLinger(LINGER_MILLIS);
    push.setImmediate(false);
    push.setSendTimeOut(SEND_MILLIS);
    push.setHandshakeIvl(HANDSHAKE_MILLIS); // JeroMQ's connect stall (docs/protocols.md 2.4)
    connect(push, port);
    return push;
  }

  /** Returns when the far side knows the subscription, as far as that can be known. */
  static ZMQ.Socket subscribed(ZContext context, int port) throws InterruptedException {
    ZMQ.Socket sub = context.createSocket(SocketType.SUB);
    sub.setHandshakeIvl(HANDSHAKE_MILLIS);
    sub.subscribe(ZMQ.SUBSCRIPTION_ALL);
    connect(sub, port);
    Thread.sleep(SUBSCRIPTION_MILLIS);
    return sub;
  }

  private static void connect(ZMQ.Socket socket, int port) throws InterruptedException {
    CountDownLatch connected = new CountDownLatch(1);
    socket.setEventHook(event -> connected.countDown(), ZMQ.EVENT_HANDSHAKE_PROTOCOL);
    socket.connect("tcp://127.0.0.1:" + port);
    if (!connected.await(CONNECT_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("no connection to port " + port);
    }
  }
}
