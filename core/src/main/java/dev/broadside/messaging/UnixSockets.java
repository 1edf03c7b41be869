package dev.broadside.messaging;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** What the JDK lets us do with Unix sockets, and the words for what it does not. */
final class UnixSockets {
  /** As the JDK says that there is no such file. */
  static final String ABSENT = "No such file or directory";

  /** As the JDK says that more connections wait to be accepted than the peer allows. */
  static final String QUEUE_FULL = "Resource temporarily unavailable";

  /** The kernel's own limit is 107 on Linux; the JDK keeps one back. */
  static final int MAX_PATH_BYTES = 106;

  /** What waits in the kernel for the peer is counted as sent already. */
  private static final int SEND_BUFFER_BYTES = 64 * 1024;

  private UnixSockets() {}

  /**
   * The path of an {@code ipc://} endpoint.
   *
   * @throws MessagingException if no Unix socket of ours can have it
   */
  static Path path(Endpoint endpoint) {
    String text = endpoint.path();
    if (text.startsWith("@") || text.equals("*")) {
      throw new MessagingException("the JDK has Unix sockets with a path only, not " + text);
    }
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_PATH_BYTES) throw tooLong(bytes);
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new MessagingException("the path is not valid here", e);
    }
  }

  static MessagingException tooLong(int bytes) {
    return new MessagingException(
        "the path has " + bytes + " bytes, a Unix socket's at most " + MAX_PATH_BYTES);
  }

  static UnixDomainSocketAddress address(Endpoint endpoint) {
    return UnixDomainSocketAddress.of(path(endpoint));
  }

  /** A channel that can be connected to a Unix socket. */
  static SocketChannel openChannel() throws IOException {
    SocketChannel channel = open();
    configure(channel);
    return channel;
  }

  private static SocketChannel open() throws IOException {
    try {
      return SocketChannel.open(StandardProtocolFamily.UNIX);
    } catch (UnsupportedOperationException e) {
      throw new IOException("this system has no Unix sockets", e);
    }
  }

  static void configure(SocketChannel channel) throws IOException {
    channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
  }
}
