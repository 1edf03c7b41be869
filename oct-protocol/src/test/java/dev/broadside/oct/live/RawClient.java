package dev.broadside.oct.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A client of a plain socket, which sends what no browser would. Every wait has a bound. */
final class RawClient implements AutoCloseable {
  private static final int BOUND_MILLIS = 20_000;

  private final Socket socket = new Socket();
  private final BufferedReader in;

  private RawClient(int port, int receiveBuffer) throws IOException {
    if (receiveBuffer > 0) socket.setReceiveBufferSize(receiveBuffer);
    socket.setSoTimeout(BOUND_MILLIS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BOUND_MILLIS);
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
  }

  static RawClient connected(int port) throws IOException {
    return new RawClient(port, 0);
  }

  /** One that has little room for what it does not read. */
  static RawClient withReceiveBuffer(int port, int bytes) throws IOException {
    return new RawClient(port, bytes);
  }

  /** The reply to a request of these lines, all of it. */
  static String reply(int port, String... lines) throws IOException {
    try (RawClient client = connected(port)) {
      client.send(String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n");
      return client.rest();
    }
  }

  /** A reader of the events of a page. */
  static RawClient reading(int port) throws IOException {
    RawClient client = connected(port);
    client.askForEvents(port);
    return client;
  }

  /** By HTTP 1.0, since that knows no chunks: their borders would stand between the lines. */
  void askForEvents(int port) throws IOException {
    send("GET /events HTTP/1.0\r\nHost: 127.0.0.1:" + port + "\r\n\r\n");
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
    socket.getOutputStream().flush();
  }

  /** Skips lines until one begins so; returns what follows there. */
  String awaitLine(String beginning) throws IOException {
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.startsWith(beginning)) return line.substring(beginning.length());
    }
    throw new AssertionError("the stream ended without a line that begins with " + beginning);
  }

  /** All that comes until the server closes. */
  String rest() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int octet = in.read(); octet >= 0; octet = in.read()) text.append((char) octet);
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
