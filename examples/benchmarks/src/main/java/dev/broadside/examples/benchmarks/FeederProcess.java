package dev.broadside.examples.benchmarks;

import java.io.IOException;

/** A {@link Feeder} in a JVM of its own. */
final class FeederProcess implements AutoCloseable {
  /** What starts it on the command line. */
  static final String COMMAND = "feed";

  private final PeerJvm jvm;

  private FeederProcess(PeerJvm jvm) {
    this.jvm = jvm;
  }

  static FeederProcess start() throws IOException {
    return new FeederProcess(PeerJvm.start(COMMAND));
  }

  /** Opens a round: the feeder connects, and waits for the start. */
  void connect(Ports ports) {
    jvm.tell(ports.line());
  }

  /** Waits for the end of the round: how many results were sent. */
  long sent() throws IOException {
    return Long.parseLong(jvm.hear());
  }

  @Override
  public void close() {
    jvm.close();
  }
}
