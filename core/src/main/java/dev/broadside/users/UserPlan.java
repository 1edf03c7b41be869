package dev.broadside.users;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * When the users of a closed profile come and go, in order. Every moment is computed from the
 * beginning of its stage, so nothing drifts. In a ramp up the first comes at once and the last one
 * step before its end ({@link RampUp}); in a ramp down the first goes after one step and the last
 * at its end: there are never fewer users than the ramp's line says.
 */
final class UserPlan implements Iterator<UserPlan.Change> {
  /**
   * One user more, or one less.
   *
   * @param nanos when, after the beginning of the run
   * @param comes whether it comes
   */
  record Change(long nanos, boolean comes) {}

  private final Iterator<Stage> stages;
  private Duration stageBegin = Duration.ZERO;
  private Duration nextBegin = Duration.ZERO;
  private int users;
  private int level;
  private @Nullable RampUp ramp; // of the current stage; null if it changes nothing
  private int changed; // in the current stage
  private int toCome;

  UserPlan(List<Stage> stages) {
    this.stages = stages.iterator();
    this.toCome = comers(stages);
    findChange();
  }

  private static int comers(List<Stage> stages) {
    int comers = 0;
    int level = 0;
    for (Stage stage : stages) {
      comers += Math.max(0, (int) stage.level() - level);
      level = (int) stage.level();
    }
    return comers;
  }

  /** Whether there are still users that will come. */
  boolean grows() {
    return toCome > 0;
  }

  /** When the next change is. */
  long nextNanos() {
    RampUp current = current();
    int index = level > users ? changed : changed + 1;
    return stageBegin.toNanos() + current.startNanos(index);
  }

  private RampUp current() {
    if (ramp == null) throw new NoSuchElementException("no more changes");
    return ramp;
  }

  @Override
  public boolean hasNext() {
    return ramp != null;
  }

  @Override
  public Change next() {
    Change change = new Change(nextNanos(), level > users);
    users += change.comes ? 1 : -1;
    if (change.comes) toCome--;
    changed++;
    if (users == level) findChange();
    return change;
  }

  /** Goes to the next stage that changes something. */
  private void findChange() {
    ramp = null;
    while (ramp == null && stages.hasNext()) enter(stages.next());
  }

  private void enter(Stage stage) {
    stageBegin = nextBegin;
    nextBegin = stageBegin.plus(stage.length());
    level = (int) stage.level();
    changed = 0;
    if (level != users) ramp = new RampUp(Math.abs(level - users), stage.ramp());
  }
}
