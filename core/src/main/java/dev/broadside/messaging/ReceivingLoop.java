package dev.broadside.messaging;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/** Owns a socket that receives, and hands every message to one handler. */
final class ReceivingLoop extends SocketLoop {
  private static final LazyLogger LOG = new LazyLogger(ReceivingLoop.class);

  /** A busy loop looks at the clock only once in so many messages: a look costs 45 ns. */
  private static final int MESSAGES_BETWEEN_TICKS = 64;

  private static final long TICK_NANOS = TICK_MILLIS * 1_000_000L;

  private final ReceiverSettings<?> settings;
  private long lastTick = System.nanoTime();
  private int sinceLook;

  ReceivingLoop(SocketType type, ReceiverSettings<?> settings) {
    super(type, settings, new Connection(settings.endpoint, settings.listener));
    this.settings = settings;
  }

  @Override
  void configure(ZMQ.Socket socket) {
    socket.setRcvHWM(settings.highWaterMark);
    socket.setReceiveTimeOut(TICK_MILLIS);
    settings.subscriptions.forEach(socket::subscribe);
  }

  @Override
  void work(ZMQ.Socket socket) {
    while (!isClosing()) {
      byte[] first = socket.recv(0);
      if (first != null) handle(frames(socket, first));
      if (first == null || ++sinceLook >= MESSAGES_BETWEEN_TICKS) look(socket);
    }
  }

  private static List<byte[]> frames(ZMQ.Socket socket, byte[] first) {
    if (!socket.hasReceiveMore()) return List.of(first);
    List<byte[]> frames = new ArrayList<>(List.of(first));
    while (socket.hasReceiveMore()) frames.add(socket.recv(0));
    return frames;
  }

  private void handle(List<byte[]> frames) {
    try {
      settings.handler.onMessage(frames);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "handler of messages from " + settings.endpoint + " failed", e);
    }
  }

  private void look(ZMQ.Socket socket) {
    sinceLook = 0;
    tend(socket);
    long now = System.nanoTime();
    if (now - lastTick < TICK_NANOS) return;
    lastTick = now;
    try {
      settings.onTick.run();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "tick of the receiver at " + settings.endpoint + " failed", e);
    }
  }
}
