package dev.broadside.oct.results;

import dev.broadside.metrics.Threshold;

/** The thresholds that a headquarters can judge: its wire carries no schedule. */
public final class HqThresholds {
  private HqThresholds() {}

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException quoting it, and saying what is wrong with it
   */
  public static Threshold parse(String text) {
    return checked(Threshold.parse(text));
  }

  /**
   * The same, if it can be judged.
   *
   * @throws IllegalArgumentException if not
   */
  public static Threshold checked(Threshold threshold) {
    if (!threshold.requiresSchedule()) return threshold;
    throw new IllegalArgumentException(
        '"'
            + threshold.toString()
            + "\": this needs a schedule, which turrets do not send; a headquarters judges service"
            + " times, errors, rate and count");
  }
}
