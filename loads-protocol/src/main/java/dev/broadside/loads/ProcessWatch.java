package dev.broadside.loads;

/**
 * Ends a runner in order when its process is told to end, or when the process that started it is
 * gone: after a Ctrl-C nobody else would end it. Source: docs/protocols.md 2.1.
 */
final class ProcessWatch implements AutoCloseable {
  private static final long POLL_MILLIS = 200;
  private static final long HOOK_MILLIS = 5000;

  private final LoadsRunner runner;
  private final Thread hook = new Hook();
  private final long parent = OwnProcess.parent();
  private final Thread parents = new Parents();
  private volatile boolean closed;

  ProcessWatch(LoadsRunner runner) {
    this.runner = runner;
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      runner.stop("the process is ending");
    }
    parents.start();
  }

  @Override
  public void close() {
    closed = true;
    parents.interrupt();
    try {
      boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // it runs
    }
  }

  /** Runs at the end of the process. The JVM ends when it has. */
  private final class Hook extends Thread {
    Hook() {
      super("loads-runner-end");
    }

    @Override
    public void run() {
      runner.stop("the process was told to end (by a signal, or System.exit)");
      runner.awaitEnd(HOOK_MILLIS);
    }
  }

  /** Looks after the parent's process. */
  private final class Parents extends Thread {
    Parents() {
      super("loads-runner-parent");
      setDaemon(true);
    }

    @Override
    public void run() {
      try {
        while (!closed) {
          Thread.sleep(POLL_MILLIS);
          if (OwnProcess.parent() == parent) continue;
          runner.stop("the process that started this one, " + parent + ", is gone");
          return;
        }
      } catch (InterruptedException e) {
        // closed
      }
    }
  }
}
