package dev.broadside.examples.benchmarks;

import java.io.IOException;

/** A {@link Counter} in a JVM of its own. */
final class CounterProcess implements AutoCloseable {
  /** What starts it on the command line. */
  static final String COMMAND = "count";

  private final PeerJvm jvm;

  private CounterProcess(PeerJvm jvm) {
    this.jvm = jvm;
  }

  static CounterProcess start() throws IOException {
    return new CounterProcess(PeerJvm.start(COMMAND));
  }

  /** Opens a round; the counter waits for a peer now. */
  Ports open(int seconds) throws IOException {
    jvm.tell(Integer.toString(seconds));
    return Ports.parse(jvm.hear());
  }

  /** Waits for the end of the round. */
  Tally tally() throws IOException {
    return Tally.parse(jvm.hear());
  }

  @Override
  public void close() {
    jvm.close();
  }
}
