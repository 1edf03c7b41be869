package dev.broadside.users;

import dev.broadside.metrics.Measurement;

/**
 * Takes the results of virtual users. Called on the user's own thread after every iteration, by
 * many threads at once: a sink that waits holds the user back before its next iteration.
 */
@FunctionalInterface
public interface ResultSink {
  /** Takes one result. */
  void accept(Measurement measurement);
}
