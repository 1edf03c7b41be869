package dev.broadside.oct.store;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** Stores results until it is killed, and says how many it had received when. */
final class KilledStore {
  private static final int PORTION = 500;

  private KilledStore() {}

  /** The database, and how many results a second. */
  public static void main(String[] args) {
    Path file = Path.of(args[0]);
    double nanosEach = 1e9 / Integer.parseInt(args[1]);
    PrintStream out = new PrintStream(System.out, true);
    try (ResultsStore store = ResultsStore.open(DatabaseUri.of(file), Results.run("killed"))) {
      store.started("navigation", 7);
      long began = System.nanoTime();
      for (int i = 0; ; i++) {
        store.add(Results.result(i));
        if (i % PORTION != 0) continue;
        out.println((i + 1) + " " + System.nanoTime());
        LockSupport.parkNanos(began + (long) (nanosEach * i) - System.nanoTime());
      }
    }
  }
}
