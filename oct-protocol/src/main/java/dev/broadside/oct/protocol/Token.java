package dev.broadside.oct.protocol;

import java.nio.charset.StandardCharsets;

/**
 * What comes over and over in texts, 8 to 24 bytes long: compared by its first, middle and last
 * eight, which may overlap.
 */
final class Token {
  private static final int MAX_BYTES = 3 * EightBytes.LENGTH;

  private final int length;
  private final int middle;
  private final int last;
  private final long firstEight;
  private final long middleEight;
  private final long lastEight;

  Token(String ascii) {
    byte[] bytes = ascii.getBytes(StandardCharsets.US_ASCII);
    length = bytes.length;
    if (length < EightBytes.LENGTH || length > MAX_BYTES) throw new IllegalArgumentException(ascii);
    last = length - EightBytes.LENGTH;
    middle = last / 2;
    firstEight = EightBytes.at(bytes, 0);
    middleEight = EightBytes.at(bytes, middle);
    lastEight = EightBytes.at(bytes, last);
  }

  int length() {
    return length;
  }

  boolean isAt(byte[] text, int from) {
    return from + length <= text.length
        && EightBytes.at(text, from) == firstEight
        && EightBytes.at(text, from + middle) == middleEight
        && EightBytes.at(text, from + last) == lastEight;
  }
}
