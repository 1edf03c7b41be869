package dev.broadside.users;

import dev.broadside.metrics.Measurement;
import java.time.Duration;

/**
 * Takes the results of virtual users. Called on the user's own thread after every iteration, by
 * many threads at once: a sink that waits holds the user back before its next iteration.
 */
@FunctionalInterface
public interface ResultSink {
  /** Takes one result. */
  void accept(Measurement measurement);

  /** Takes note of so many arrivals that found no user free and are never run. */
  default void dropped(long count) {}

  /**
   * Takes, at the end of the run, the iteration under way of a user that ignored the stop and its
   * interrupt. It counts as failed, and nothing else comes of it.
   */
  default void abandoned(Measurement measurement) {}

  /**
   * Takes note, at the end of the run, of starts that still waited.
   *
   * @param count how many
   * @param longestWait how long the first of them had waited
   */
  default void unstarted(long count, Duration longestWait) {}
}
