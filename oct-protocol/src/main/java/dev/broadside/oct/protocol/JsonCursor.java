package dev.broadside.oct.protocol;

import java.nio.charset.StandardCharsets;

/**
 * Goes over the bytes of a JSON text from token to token. Whatever is unusual it refuses, be it
 * right or wrong: that is for a real parser to say. Not thread-safe.
 */
final class JsonCursor {
  private static final int MAX_NUMBER_BYTES = 40;
  private static final int MAX_DIGITS = 18; // that a long holds
  private static final long MAX_EXACT = 1L << 53; // so far a double has each whole number
  private static final long MAX_SCALED = 1L << 51; // so far the detour of doubles is off by < 0.5
  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17
  };

  private static final boolean[] PLAIN = new boolean[256]; // by byte

  static {
    for (int b = 0; b < PLAIN.length; b++) PLAIN[b] = isPlain((byte) b);
  }

  private final TextCache names = new TextCache();
  private byte[] json = {};
  private int at;
  private int begin; // of the latest string or number
  private int end;
  private boolean escaped;
  private int hash; // of the latest string, from its last escape on

  /** Begins with another text. */
  void over(byte[] json) {
    this.json = json;
    at = 0;
  }

  /** Goes past this character. */
  void expect(char character) throws UnusualJsonException {
    if (!take(character)) throw new UnusualJsonException();
  }

  /** Goes past this character if it comes next. */
  boolean take(char character) {
    if (!isNext(character)) {
      skipBlanks();
      if (!isNext(character)) return false;
    }
    at++;
    return true;
  }

  /** Goes past this token if it comes next. */
  boolean take(Token token) {
    skipBlanks();
    boolean next = token.isAt(json, at);
    if (next) at += token.length();
    return next;
  }

  /** The character that comes next but so many, after blanks; 0 at the end. */
  int peek(int further) {
    skipBlanks();
    return at + further < json.length ? json[at + further] : 0;
  }

  /** Only blanks may follow. */
  void expectEnd() throws UnusualJsonException {
    skipBlanks();
    if (at < json.length) throw new UnusualJsonException();
  }

  private void skipBlanks() {
    while (at < json.length && isBlank(json[at])) at++;
  }

  private static boolean isBlank(byte b) {
    return b <= ' ' && (b == ' ' || b == '\n' || b == '\r' || b == '\t');
  }

  private boolean isNext(char character) {
    return at < json.length && json[at] == character;
  }

  private void string() throws UnusualJsonException {
    expect('"');
    begin = at;
    at = endOfPlain(at);
    escaped = isNext('\\');
    while (isNext('\\')) at = endOfPlain(at + 2);
    if (!isNext('"')) throw new UnusualJsonException();
    end = at++;
  }

  private int endOfPlain(int from) {
    byte[] text = json;
    int i = from;
    int sum = 0;
    while (i < text.length && PLAIN[text[i] & 0xFF]) sum = 31 * sum + text[i++];
    hash = sum;
    return i;
  }

  /** Neither a control character nor one that has a meaning in a string. */
  private static boolean isPlain(byte b) {
    return (b >= ' ' || b < 0) && b != '"' && b != '\\';
  }

  /** Goes past a string, and says what it means. */
  String text() throws UnusualJsonException {
    string();
    return begin == end ? "" : meaning();
  }

  /** Goes past a string that has come before, most likely, and says what it means. */
  String name() throws UnusualJsonException {
    string();
    String known = names.find(hash, json, begin, end);
    if (known != null) return known;
    String name = meaning();
    names.add(hash, json, begin, end, name);
    return name;
  }

  private String meaning() throws UnusualJsonException {
    String text = new String(json, begin, end - begin, StandardCharsets.UTF_8);
    if (text.indexOf('\ufffd') >= 0)
      throw new UnusualJsonException(); // most likely it is not UTF-8
    return escaped ? JsonEscapes.resolved(text) : text;
  }

  /** Goes past a number that is not negative: the double nearest to it, times ten to the places. */
  long scaled(int places) throws UnusualJsonException {
    skipBlanks();
    begin = at;
    long whole = digits(0);
    if (json[begin] == '0' && at > begin + 1) throw new UnusualJsonException();
    boolean hasDecimals = isNext('.');
    if (hasDecimals) at++;
    int point = at;
    long digits = hasDecimals ? digits(whole) : whole;
    int decimals = at - point;
    boolean hasExponent = isNext('e') || isNext('E');
    if (hasExponent) exponent();
    end = at;
    boolean simple = !hasExponent && end - begin <= MAX_DIGITS && digits <= MAX_EXACT;
    return simple ? scaled(digits, decimals, places) : Math.round(parsed() * POWERS_OF_TEN[places]);
  }

  private static long scaled(long digits, int decimals, int places) {
    if (decimals == places && digits < MAX_SCALED) return digits;
    if (decimals <= places) {
      double scaled = digits * POWERS_OF_TEN[places - decimals];
      if (scaled < MAX_SCALED) return (long) scaled;
    }
    return Math.round(digits / POWERS_OF_TEN[decimals] * POWERS_OF_TEN[places]);
  }

  /** Goes past one digit or more, and appends them to those before. */
  private long digits(long before) throws UnusualJsonException {
    byte[] text = json;
    long digits = before;
    int i = at;
    while (EightDigits.areAt(text, i)) {
      digits = 100_000_000 * digits + EightDigits.at(text, i);
      i += 8;
    }
    while (i < text.length && text[i] >= '0' && text[i] <= '9') {
      digits = 10 * digits + (text[i++] - '0');
    }
    if (i == at) throw new UnusualJsonException();
    at = i;
    return digits;
  }

  private void exponent() throws UnusualJsonException {
    at++;
    if (isNext('+') || isNext('-')) at++;
    digits(0);
  }

  private double parsed() throws UnusualJsonException {
    if (end - begin > MAX_NUMBER_BYTES) throw new UnusualJsonException();
    String text = new String(json, begin, end - begin, StandardCharsets.US_ASCII);
    double number = Double.parseDouble(text);
    if (Double.isInfinite(number)) throw new UnusualJsonException();
    return number;
  }
}
