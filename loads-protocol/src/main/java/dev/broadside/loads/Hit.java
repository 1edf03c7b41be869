package dev.broadside.loads;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A request and its answer.
 *
 * @param url where it went; characters that no URL may have are percent-encoded on the wire
 * @param method GET, POST and so on
 * @param status the response's code; 0 where there was none
 * @param started when it began
 * @param elapsed how long it took; not negative, and less than 292 years
 */
public record Hit(String url, String method, int status, Instant started, Duration elapsed) {
  private static final Duration MAX_ELAPSED = Duration.ofNanos(Long.MAX_VALUE);

  /** Checks what the wire demands. */
  public Hit {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(started, "started");
    if (elapsed.isNegative()) throw new IllegalArgumentException("elapsed < 0: " + elapsed);
    if (elapsed.compareTo(MAX_ELAPSED) > 0) {
      throw new IllegalArgumentException("elapsed > 292 years: " + elapsed);
    }
  }
}
