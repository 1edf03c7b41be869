package dev.broadside.oct.protocol;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads results as turrets write them: the six keys, {@code turret_name} or not, in any order, with
 * plain values. What it reads it reads as {@link OctCodec} does, but for half a surrogate pair in
 * the name of a timer, which Jackson refuses; all else it leaves to that.
 *
 * <p>This is the one message that arrives by the million, so it is read by hand, without a tree in
 * between: some 160 ns, where that takes five times as long. Not thread-safe.
 */
final class ResultReader {
  private static final int MAX_BYTES = 32 * 1024; // larger ones may be beyond Jackson's limits

  private static final long MAX_NANOS = (long) (Fields.MAX_SECONDS * 1e9);

  private static final int NANOS = 9; // decimal places of a second
  private static final int MICROS = 6;

  private static final int TURRET_NAME = 0;
  private static final int ELAPSED = 1;
  private static final int EPOCH = 2;
  private static final int SCRIPTRUN_TIME = 3;
  private static final int ERROR = 4;
  private static final int CUSTOM_TIMERS = 5;
  private static final Token[] KEYS = {
    new Token("\"turret_name\":"),
    new Token("\"elapsed\":"),
    new Token("\"epoch\":"),
    new Token("\"scriptrun_time\":"),
    new Token("\"error\":"),
    new Token("\"custom_timers\":")
  };
  private static final int ALL = (1 << KEYS.length) - 1;

  private final JsonCursor json = new JsonCursor();
  private final int[] order = new int[KEYS.length]; // of the keys in the message before
  private int seen; // a bit for each key
  private String turretName = "";
  private long elapsedNanos;
  private long epochMicros;
  private long scriptrunNanos;
  private String error = "";
  private Map<String, Long> customTimers = Map.of();

  /**
   * Reads one message.
   *
   * @throws UnusualJsonException if it is not what this class is for
   */
  TransactionResult read(byte[] message) throws UnusualJsonException {
    if (message.length > MAX_BYTES) throw new UnusualJsonException();
    json.over(message);
    seen = 0;
    turretName = TransactionResult.NONAME;
    fields();
    json.expectEnd();
    if ((seen | 1 << TURRET_NAME) != ALL) throw new UnusualJsonException();
    return new TransactionResult(
        turretName,
        elapsedNanos,
        epochMicros,
        scriptrunNanos,
        error.isEmpty() ? null : error,
        customTimers);
  }

  private void fields() throws UnusualJsonException {
    json.expect('{');
    int place = 0;
    do {
      int key = key(place++);
      if ((seen & 1 << key) != 0) throw new UnusualJsonException();
      seen |= 1 << key;
      value(key);
    } while (json.take(','));
    json.expect('}');
  }

  /** Goes past a key, most likely the one that had this place in the message before. */
  private int key(int place) throws UnusualJsonException {
    if (place == KEYS.length) throw new UnusualJsonException();
    if (json.take(KEYS[order[place]])) return order[place];
    int key = likelyKey();
    if (!json.take(KEYS[key])) throw new UnusualJsonException();
    order[place] = key;
    return key;
  }

  /** What the first letters say. */
  private int likelyKey() {
    return switch (json.peek(1)) {
      case 't' -> TURRET_NAME;
      case 's' -> SCRIPTRUN_TIME;
      case 'c' -> CUSTOM_TIMERS;
      default ->
          switch (json.peek(2)) {
            case 'l' -> ELAPSED;
            case 'p' -> EPOCH;
            default -> ERROR;
          };
    };
  }

  private void value(int key) throws UnusualJsonException {
    switch (key) {
      case TURRET_NAME -> turretName = json.name();
      case ELAPSED -> elapsedNanos = nanos();
      case EPOCH -> epochMicros = json.scaled(MICROS);
      case SCRIPTRUN_TIME -> scriptrunNanos = nanos();
      case ERROR -> error = json.text();
      case CUSTOM_TIMERS -> customTimers = timers();
      default -> throw new AssertionError(key);
    }
  }

  private long nanos() throws UnusualJsonException {
    long nanos = json.scaled(NANOS);
    if (nanos > MAX_NANOS) throw new UnusualJsonException();
    return nanos;
  }

  private Map<String, Long> timers() throws UnusualJsonException {
    json.expect('{');
    if (json.take('}')) return Map.of();
    String first = json.name();
    long nanos = timer();
    if (json.take('}')) return Map.of(first, nanos);
    Map<String, Long> timers = new LinkedHashMap<>();
    timers.put(first, nanos);
    while (json.take(',')) {
      if (timers.put(json.name(), timer()) != null) throw new UnusualJsonException();
    }
    json.expect('}');
    return Collections.unmodifiableMap(timers);
  }

  private long timer() throws UnusualJsonException {
    json.expect(':');
    return nanos();
  }
}
