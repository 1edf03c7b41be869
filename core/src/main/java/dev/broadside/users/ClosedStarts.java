package dev.broadside.users;

/** The starts of one user of a closed load. */
abstract class ClosedStarts implements StartSource {
  final ClosedLoad load;
  private long iterationsLeft;
  private volatile boolean closed;

  ClosedStarts(ClosedLoad load) {
    this.load = load;
    this.iterationsLeft = load.profile.iterationsPerUser().orElse(Long.MAX_VALUE);
  }

  /**
   * Lets the user leave: it finishes its iteration, and begins no other. Called from any thread; a
   * second call does nothing.
   *
   * @param nanos from when on nothing is to begin, counted from the beginning of the run
   */
  void close(long nanos) {
    closed = true;
  }

  final boolean isClosed() {
    return closed;
  }

  final long iterationsLeft() {
    return iterationsLeft;
  }

  /** Takes one of the iterations that there are; false if none is left. */
  final boolean claim() {
    if (iterationsLeft == 0 || !load.claim()) return false;
    if (iterationsLeft != Long.MAX_VALUE) iterationsLeft--;
    return true;
  }

  @Override
  public void left() {
    close(load.pool.now());
    load.left();
  }
}
