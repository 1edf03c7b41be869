package dev.broadside.oct.live;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** One server-sent event, encoded once for all who read it. */
final class Event {
  /** What every event but the last is called. */
  static final String STATE = "state";

  /** The last one: what comes after it is not worth a new connection. */
  static final String END = "end";

  private final long number;
  private final byte[] frame;

  /**
   * An event.
   *
   * @param number greater than that of the one before
   * @param json what it says
   */
  Event(long number, String name, byte[] json) {
    this.number = number;
    this.frame = frame(name, json);
  }

  private static byte[] frame(String name, byte[] json) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream(json.length + 32);
    frame.writeBytes(("event: " + name + "\ndata: ").getBytes(US_ASCII));
    for (byte octet : json) frame.write(octet == '\n' || octet == '\r' ? ' ' : octet);
    frame.writeBytes(new byte[] {'\n', '\n'});
    return frame.toByteArray();
  }

  long number() {
    return number;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(frame);
    out.flush();
  }
}
