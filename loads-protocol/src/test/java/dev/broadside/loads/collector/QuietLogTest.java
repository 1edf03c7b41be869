package dev.broadside.loads.collector;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QuietLogTest {
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
  private final Logger logger = mock(Logger.class);
  private final QuietLog log = new QuietLog(logger, clock::get);

  @Test
  void log_warnsTenTimesASecond() {
    for (int i = 0; i < 25; i++) log.log("bad", null);
    verify(logger, times(10)).log(eq(Level.WARNING), eq("bad"), (Throwable) any());
    verify(logger, times(15)).log(eq(Level.DEBUG), eq("bad"), (Throwable) any());

    clock.addAndGet(Duration.ofSeconds(1).toNanos()); // overflows
    log.log("bad", null);
    verify(logger, times(11)).log(eq(Level.WARNING), eq("bad"), (Throwable) any());
  }
}
