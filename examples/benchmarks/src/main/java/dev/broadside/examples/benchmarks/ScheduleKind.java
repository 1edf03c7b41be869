package dev.broadside.examples.benchmarks;

import dev.broadside.metrics.Latencies;
import dev.broadside.metrics.ScheduleFigures;
import dev.broadside.metrics.ScheduleRecorder;
import dev.broadside.users.LoadProfile;
import dev.broadside.users.OpenProfile;
import dev.broadside.users.Transaction;
import dev.broadside.users.UserPool;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** What begins at its time, and by whom it is made to. */
enum ScheduleKind {
  BARE("a bare loop of parkNanos", false),
  EMPTY("empty", false),
  SLEEPING("sleeps 1 ms", false),
  COMPUTING("half the CPU", false),
  PRECISE_EMPTY("empty, precise()", true),
  PRECISE_SLEEPING("sleeps 1 ms, precise()", true),
  PRECISE_COMPUTING("half the CPU, precise()", true);

  private final String text;
  private final boolean precise;

  ScheduleKind(String text, boolean precise) {
    this.text = text;
    this.precise = precise;
  }

  /** By how much the starts missed their times. */
  Latencies error(ScheduleOptions options, int seconds) {
    return this == BARE ? bareError(options.rate(), seconds) : openError(options, seconds);
  }

  private static Latencies bareError(int rate, int seconds) {
    ScheduleRecorder recorder = new ScheduleRecorder();
    long begin = System.nanoTime();
    for (long i = 0; i < (long) rate * seconds; i++) {
      long due = begin + i * 1_000_000_000 / rate;
      long now = System.nanoTime();
      for (; now < due; now = System.nanoTime()) LockSupport.parkNanos(due - now);
      recorder.schedulerError(now - due);
    }
    return recorder.figures().schedulerError();
  }

  private Latencies openError(ScheduleOptions options, int seconds) {
    OpenProfile profile = LoadProfile.rate(options.rate()).hold(Duration.ofSeconds(seconds));
    Transaction transaction = transaction(options.rate());
    UserPool pool =
        UserPool.builder(user -> transaction, measurement -> {})
            .profile(precise ? profile.precise() : profile)
            .threads(options.threads())
            .build();
    pool.run();
    return checked(pool.schedule(), (long) options.rate() * seconds);
  }

  private Transaction transaction(int rate) {
    long share = 500_000_000L * Runtime.getRuntime().availableProcessors() / rate;
    return switch (this) {
      case BARE, EMPTY, PRECISE_EMPTY -> context -> {};
      case SLEEPING, PRECISE_SLEEPING -> context -> Thread.sleep(1);
      case COMPUTING, PRECISE_COMPUTING -> context -> compute(share);
    };
  }

  private static void compute(long nanos) {
    for (long end = System.nanoTime() + nanos; System.nanoTime() < end; ) Thread.onSpinWait();
  }

  private static Latencies checked(ScheduleFigures figures, long expected) {
    if (figures.starts().scheduled() != expected) {
      throw new IllegalStateException(expected + " were scheduled, but: " + figures.starts());
    }
    return figures.schedulerError();
  }

  @Override
  public String toString() {
    return text;
  }
}
