package dev.broadside.loads;

/** What a runner does in each hit. Used by the user's thread. */
interface HitTask extends AutoCloseable {
  /** Performs and reports it; throws nothing that a test throws. */
  void perform(TestReports reports);

  /** Frees what the tests hold; a failure is logged. */
  @Override
  default void close() {}
}
