package dev.broadside.oct.hq;

import dev.broadside.metrics.RunRecorder;
import dev.broadside.oct.hq.Progress.Phase;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells of a run's progress once a second. Only the run's thread calls it, but for {@link #phase}.
 */
final class ProgressTeller {
  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final HqSettings settings;
  private final RunRecorder recorder;
  private final Consumer<Progress> listener;
  private volatile Phase phase = Phase.WAITING;
  private long beginNanos;
  private long toldNanos;

  ProgressTeller(HqSettings settings, RunRecorder recorder, Consumer<Progress> listener, long now) {
    this.settings = settings;
    this.recorder = recorder;
    this.listener = listener;
    enter(Phase.WAITING, now);
  }

  /** The next phase has begun. */
  void enter(Phase next, long now) {
    phase = next;
    if (next == Phase.STOPPING) return; // the time of the run goes on
    beginNanos = now;
    toldNanos = now;
  }

  Phase phase() {
    return phase;
  }

  boolean isDue(long now) {
    return now - toldNanos >= INTERVAL_NANOS;
  }

  void tell(int turrets, long cannons, long now) {
    toldNanos = now;
    Duration elapsed = Duration.ofNanos(now - beginNanos);
    listener.accept(
        new Progress(
            phase,
            turrets,
            settings.turrets(),
            cannons,
            elapsed,
            Duration.ofNanos(settings.runNanos()),
            recorder.count(),
            recorder.failures(),
            recorder.recent(elapsed)));
  }
}
