package dev.broadside.users;

import org.jspecify.annotations.Nullable;

/** One iteration after the other. */
final class ContinuousStarts extends ClosedStarts {
  ContinuousStarts(ClosedLoad load) {
    super(load);
  }

  @Override
  public @Nullable Start next() {
    boolean over = isClosed() || load.pool.isStopping() || !claim();
    return over ? null : Start.UNSCHEDULED;
  }
}
