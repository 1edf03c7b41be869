package dev.broadside.users.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of UTF-8 line by line. A byte order mark is left out, and bytes that are not UTF-8
 * cost their line alone.
 */
final class LineReader implements AutoCloseable {
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final int BUFFER = 8192;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private final ByteArrayOutputStream rest = new ByteArrayOutputStream(); // of earlier buffers
  private final Deque<Line> givenBack = new ArrayDeque<>();
  private int from;
  private int to;
  private long number;

  LineReader(InputStream in) {
    this.in = in;
  }

  static LineReader of(Path file) throws IOException {
    return new LineReader(Files.newInputStream(file));
  }

  /** The next line; null at the end. An end of the file ends a line unless it is empty. */
  @Nullable Line next() throws IOException {
    if (!givenBack.isEmpty()) return givenBack.pop();
    rest.reset();
    while (from < to || fill()) {
      int start = from;
      while (from < to && buffer[from] != '\n') from++;
      rest.write(buffer, start, from - start);
      if (from == to) continue;
      from++;
      return line(rest.toByteArray());
    }
    return rest.size() == 0 ? null : line(rest.toByteArray());
  }

  private boolean fill() throws IOException {
    from = 0;
    to = Math.max(0, in.read(buffer));
    return to > 0;
  }

  private Line line(byte[] bytes) {
    number++;
    ByteBuffer input = ByteBuffer.wrap(bytes);
    CharBuffer output = CharBuffer.allocate(bytes.length);
    boolean broken = UTF_8.newDecoder().decode(input, output, true).isError();
    String text = broken ? new String(bytes, UTF_8) : output.flip().toString();
    int brokenAt = broken ? output.position() + 1 : 0;
    boolean marked = number == 1 && text.startsWith(BYTE_ORDER_MARK);
    return new Line(number, marked ? text.substring(1) : text, brokenAt);
  }

  /** Gives lines that were read again, in their order, before all others. */
  void giveBack(List<Line> lines) {
    for (int i = lines.size() - 1; i >= 0; i--) givenBack.push(lines.get(i));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
