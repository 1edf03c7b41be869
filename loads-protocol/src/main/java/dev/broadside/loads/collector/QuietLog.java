package dev.broadside.loads.collector;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Logs what bad peers may cause endlessly: at WARNING at most ten a second, the others at DEBUG.
 * Only one thread may call it.
 */
final class QuietLog {
  private static final int EACH_SECOND = 10;
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Logger log;
  private final LongSupplier nanos;
  private long secondNanos;
  private int warned;

  QuietLog(Logger log, LongSupplier nanos) {
    this.log = log;
    this.nanos = nanos;
    this.secondNanos = nanos.getAsLong();
  }

  void log(String message, @Nullable Throwable cause) {
    long now = nanos.getAsLong();
    if (now - secondNanos >= SECOND_NANOS) {
      secondNanos = now;
      warned = 0;
    }
    boolean warn = warned < EACH_SECOND;
    if (warn) warned++;
    log.log(warn ? Level.WARNING : Level.DEBUG, message, cause);
  }
}
