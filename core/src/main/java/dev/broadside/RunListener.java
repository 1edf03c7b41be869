package dev.broadside;

import dev.broadside.metrics.RunResult;

/**
 * Hears how a run gets on. Called on the run's own thread: return soon. What a listener throws is
 * logged, and nothing else.
 */
public interface RunListener {
  /** A listener that does nothing. */
  RunListener NONE = new RunListener() {};

  /** The run begins; it may be stopped from here, now or later. */
  default void started(LoadRun run) {}

  /** How far it is, once a second. */
  default void progress(RunProgress progress) {}

  /** It is over, and all of its threads have ended but this one. */
  default void ended(RunResult result) {}
}
