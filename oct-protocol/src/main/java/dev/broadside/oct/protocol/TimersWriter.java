package dev.broadside.oct.protocol;

import java.util.HashMap;
import java.util.Map;

/**
 * Writes custom timers as JSON: seconds with nine decimals by name, ASCII only. By hand, as it does
 * so for every result. Not thread-safe.
 */
public final class TimersWriter {
  /** No timers. */
  static final String NONE = "{}";

  private static final int MAX_CACHED_NAMES = 1000;
  private static final int MAX_CACHED_CHARS = 1000;

  private final Map<String, byte[]> quotedNames = new HashMap<>();
  private final AsciiBuffer buffer = new AsciiBuffer();

  /** The object of these timers in nanoseconds, in the order of the map. */
  public String json(Map<String, Long> timers) {
    if (timers.isEmpty()) return NONE;
    buffer.clear();
    write(timers, buffer);
    return buffer.toString();
  }

  void write(Map<String, Long> timers, AsciiBuffer out) {
    out.append('{');
    boolean first = true;
    for (Map.Entry<String, Long> timer : timers.entrySet()) {
      if (!first) out.append(',');
      first = false;
      out.append(quoted(timer.getKey()));
      out.append(':');
      out.seconds(timer.getValue());
    }
    out.append('}');
  }

  private byte[] quoted(String name) {
    byte[] known = quotedNames.get(name);
    if (known != null) return known;
    byte[] quoted = WireText.quoted(name);
    boolean keep = quotedNames.size() < MAX_CACHED_NAMES && name.length() <= MAX_CACHED_CHARS;
    if (keep) quotedNames.put(name, quoted);
    return quoted;
  }
}
