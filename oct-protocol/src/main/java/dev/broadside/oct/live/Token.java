package dev.broadside.oct.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What the person at the console has and a stranger at the port has not: 128 random bits. */
final class Token {
  private static final int BYTES = 16;

  private final String text;

  private Token(String text) {
    this.text = text;
  }

  static Token random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Token(HexFormat.of().formatHex(bytes));
  }

  /** Whether this is it. How long that takes does not tell how much of it is right. */
  boolean matches(@Nullable String guess) {
    return guess != null && MessageDigest.isEqual(text.getBytes(UTF_8), guess.getBytes(UTF_8));
  }

  /** As the page sends it. */
  @Override
  public String toString() {
    return text;
  }
}
