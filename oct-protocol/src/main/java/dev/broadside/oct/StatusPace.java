package dev.broadside.oct;

import java.util.concurrent.TimeUnit;

/**
 * When a status is sent: asked, at once, but not more often than each 100 ms, so that requests
 * which arrive meanwhile are answered together; unasked, each 2 s. Source: docs/protocols.md 1.3.
 */
final class StatusPace {
  private static final long ASKED_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long UNASKED_NANOS = TimeUnit.SECONDS.toNanos(2);

  private boolean asked;
  private boolean everSent;
  private long lastSent;

  void ask() {
    asked = true;
  }

  /** Whether an answer is due. */
  boolean answerDue(long now) {
    return asked && (!everSent || now - lastSent >= ASKED_NANOS);
  }

  /** Whether one is due that nobody asked for. */
  boolean unaskedDue(long now) {
    return !everSent || now - lastSent >= UNASKED_NANOS;
  }

  void sent(long now) {
    asked = false;
    sentUnasked(now);
  }

  /** One was sent that is no answer to what was asked. */
  void sentUnasked(long now) {
    everSent = true;
    lastSent = now;
  }
}
