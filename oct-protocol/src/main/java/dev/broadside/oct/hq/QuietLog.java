package dev.broadside.oct.hq;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Logs what bad peers may cause endlessly: at WARNING at most once a minute, else at DEBUG. */
final class QuietLog {
  private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Logger log;
  private final HqClock clock;
  private boolean warned;
  private long warnedNanos;

  QuietLog(Logger log, HqClock clock) {
    this.log = log;
    this.clock = clock;
  }

  synchronized void log(String message, @Nullable Throwable cause) {
    long now = clock.now();
    boolean warn = !warned || now - warnedNanos >= PAUSE_NANOS;
    if (warn) {
      warned = true;
      warnedNanos = now;
    }
    log.log(warn ? Level.WARNING : Level.DEBUG, message, cause);
  }
}
