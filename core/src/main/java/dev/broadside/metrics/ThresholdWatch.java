package dev.broadside.metrics;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Watches over the thresholds of one run. Those that abort it are looked at each second, once the
 * run is 10 s old and 100 of their samples have come. Time is handed in. Only one thread may call
 * it, but for {@link #verdicts}.
 */
public final class ThresholdWatch {
  private static final Duration EARLIEST = Duration.ofSeconds(10);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final int MIN_SAMPLES = 100;

  private final List<Threshold> thresholds;
  private Duration nextLook = EARLIEST;
  private volatile @Nullable Ending ending;

  /** What ended the run. */
  private record Ending(Threshold threshold, Verdict verdict) {}

  /** Watches over these. */
  public ThresholdWatch(List<Threshold> thresholds) {
    this.thresholds = List.copyOf(thresholds);
  }

  /**
   * Whether the run has to end now, since a threshold that aborts does not hold. To be called
   * often; looks seldom.
   *
   * @param age how long the run has gone on
   */
  public boolean isBroken(RunRecorder recorder, Duration age) {
    if (ending != null) return true;
    if (age.compareTo(nextLook) < 0) return false;
    nextLook = age.plus(INTERVAL);
    for (Threshold threshold : thresholds) {
      if (ending == null && threshold.aborts()) look(threshold, recorder, age);
    }
    return ending != null;
  }

  private void look(Threshold threshold, RunRecorder recorder, Duration age) {
    Verdict now = threshold.soFar(recorder, age, MIN_SAMPLES);
    if (now == null || now.passed()) return;
    String measured = now.measured() + " after " + age.toSeconds() + " s, which ended the run";
    ending = new Ending(threshold, new Verdict(now.threshold(), false, measured, true));
  }

  /** What ended the run; null if nothing did. */
  public @Nullable Verdict verdict() {
    Ending broken = ending;
    return broken == null ? null : broken.verdict();
  }

  /** What comes of them by these figures. What has ended the run stays as it was then. */
  public List<Verdict> verdicts(RunResult result) {
    return thresholds.stream().map(each -> verdict(each, result)).toList();
  }

  /**
   * The same, and what comes of those that a run has to hold by {@linkplain Thresholds default}.
   */
  public List<Verdict> verdictsWithDefaults(RunResult result) {
    return Thresholds.withDefaults(thresholds, result).stream()
        .map(each -> verdict(each, result))
        .toList();
  }

  private Verdict verdict(Threshold threshold, RunResult result) {
    Ending broken = ending;
    if (broken != null && broken.threshold().equals(threshold)) return broken.verdict();
    return threshold.judge(result);
  }
}
