package dev.broadside.loads.collector;

/** Collects what {@link TestCounts} tell. Guarded by its owner. */
final class TestTally {
  private long started;
  private long stopped;
  private long successes;
  private long failures;
  private long errors;

  void started() {
    started++;
  }

  void stopped() {
    stopped++;
  }

  void succeeded() {
    successes++;
  }

  void failed() {
    failures++;
  }

  void broke() {
    errors++;
  }

  TestCounts counts() {
    return new TestCounts(started, stopped, successes, failures, errors);
  }
}
