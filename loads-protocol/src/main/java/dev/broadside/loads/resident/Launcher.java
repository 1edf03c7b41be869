package dev.broadside.loads.resident;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The connection of one launcher: lines of text both ways. For the thread of {@link Launchers}.
 *
 * <p>The launcher sends {@code token pid parent arguments}; it is told {@code accepted} and the
 * secret; it sends {@code go}, perhaps the name of a signal later, and is told the exit code.
 */
final class Launcher {
  /** How far the two have come. */
  enum Stage {
    CONNECTED,
    ACCEPTED,
    RUNNING
  }

  private static final int MAX_LINE = 200;

  private final SocketChannel channel;
  private final long connectedNanos;
  private final ByteBuffer input = ByteBuffer.allocate(MAX_LINE);
  private Stage stage = Stage.CONNECTED;
  private @Nullable LauncherProcess process;
  private @Nullable UserThread user;

  Launcher(SocketChannel channel, long connectedNanos) {
    this.channel = channel;
    this.connectedNanos = connectedNanos;
  }

  Stage stage() {
    return stage;
  }

  long connectedNanos() {
    return connectedNanos;
  }

  /** The process that introduced itself; null before. */
  @Nullable LauncherProcess process() {
    return process;
  }

  void accepted(LauncherProcess process) {
    this.process = process;
    stage = Stage.ACCEPTED;
  }

  /** Its user, once it runs. */
  @Nullable UserThread user() {
    return user;
  }

  void running(UserThread user) {
    this.user = user;
    stage = Stage.RUNNING;
  }

  /**
   * Reads what has come.
   *
   * @return false at the end of the connection, or when this is no launcher
   */
  boolean read() throws IOException {
    if (channel.read(input) < 0) return false;
    return input.hasRemaining();
  }

  /** The next whole line of what was read; null when there is none. */
  @Nullable String nextLine() {
    for (int i = 0; i < input.position(); i++) {
      if (input.get(i) == '\n') return take(i);
    }
    return null;
  }

  private String take(int length) {
    String line = new String(input.array(), 0, length, StandardCharsets.US_ASCII);
    input.flip().position(length + 1);
    input.compact();
    return line;
  }

  /** Sends a line; so short a one always fits into the socket's buffer. */
  void send(String line) throws IOException {
    channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII)));
  }

  /** Ends the connection. May be called twice. */
  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // it is closed all the same
    }
  }
}
