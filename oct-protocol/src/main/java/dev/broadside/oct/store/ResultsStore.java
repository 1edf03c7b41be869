package dev.broadside.oct.store;

import dev.broadside.oct.protocol.TransactionResult;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the results of one run in a database, on a thread of its own. A killed process loses at
 * most a second of what was received. A database that is slow, locked, full or gone never ends a
 * run: {@link #add} waits for it for a while, and what is not stored then is counted, with the
 * reason.
 *
 * <p>{@link #add} is called by the thread that receives, all else by any thread.
 */
public final class ResultsStore implements AutoCloseable {
  private static final Duration STANDSTILL = Duration.ofSeconds(5);
  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long LOOK_MILLIS = 50;

  private final StoreQueue queue = new StoreQueue();
  private final TurretChanges changes = new TurretChanges();
  private final NulFilter filter;
  private final StoreLoop loop;
  private final Thread thread;

  private ResultsStore(DatabaseUri database, RunMetadata run, RunWriter writer) {
    this.filter = new NulFilter(Dialect.of(database));
    this.loop = new StoreLoop(database, run.runId(), writer, queue, changes, this::account);
    this.thread = new Thread(loop, "headquarters-store");
    this.thread.setDaemon(true); // a database that never answers holds up no process
  }

  /**
   * Opens the database for a run. Its tables are made if they are not there; runs that it holds
   * already are left alone.
   *
   * @throws StoreException if it cannot be opened, or has no driver, saying what to do
   */
  public static ResultsStore open(DatabaseUri database, RunMetadata run) {
    try {
      RunWriter writer = RunWriter.begin(database, run);
      ResultsStore store = new ResultsStore(database, run, writer);
      store.thread.start();
      return store;
    } catch (SQLException e) {
      throw failure(database, e);
    }
  }

  /**
   * Looks whether there is a driver for the database.
   *
   * @throws StoreException if there is none, saying what to do
   */
  public static void requireDriver(DatabaseUri database) {
    Drivers.require(database);
  }

  /**
   * Looks whether a run could be stored in the database now, and leaves it as it is; only a file
   * that is not there is made, an empty one.
   *
   * @throws StoreException if none could, or there is no driver, saying what to do
   */
  public static void check(DatabaseUri database) {
    try {
      RunWriter.check(database);
    } catch (SQLException e) {
      throw failure(database, e);
    }
  }

  private static StoreException failure(DatabaseUri database, SQLException e) {
    return new StoreException("results cannot be stored in " + database + ": " + e.getMessage(), e);
  }

  /** Stores a result soon. Waits for a bounded time when the database does not keep up. */
  public void add(TransactionResult result) {
    queue.put(filter.filter(result));
  }

  /** Stores what a turret says of itself, in place of what it said before. */
  public void turret(StoredTurret turret) {
    changes.turret(filter.filter(turret));
  }

  /**
   * Stores when a turret was started; of turrets of one name the earliest start counts.
   *
   * @param nanos after the beginning of the run
   */
  public void started(String turretName, long nanos) {
    changes.started(filter.filter(turretName), nanos);
  }

  /** What has become of the results so far. */
  public StoreAccount account() {
    return queue.account(filter.replaced());
  }

  /**
   * Stores what has come and how the run ended. Waits for a slow database up to half a minute, but
   * no longer than five seconds for one that stands still.
   */
  public StoreAccount finish(RunEnd end) {
    return finish(end, STANDSTILL);
  }

  StoreAccount finish(RunEnd end, Duration standstill) {
    loop.endWith(filter.filter(end));
    close(standstill);
    return account();
  }

  /** Stores what has come, of a run that was broken off. */
  @Override
  public void close() {
    close(STANDSTILL);
  }

  private void close(Duration standstill) {
    queue.seal();
    boolean interrupted = false;
    Patience patience = new Patience(standstill.toNanos());
    while (thread.isAlive() && patience.lasts(account().stored())) {
      try {
        thread.join(LOOK_MILLIS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    queue.abandon();
    if (interrupted) Thread.currentThread().interrupt();
  }

  /** How long a close waits: as long as results are stored, but not for ever. */
  private static final class Patience {
    private final long standstillNanos;
    private final long began = System.nanoTime();
    private long progressNanos = began;
    private long stored = -1;

    Patience(long standstillNanos) {
      this.standstillNanos = standstillNanos;
    }

    boolean lasts(long storedNow) {
      long now = System.nanoTime();
      if (storedNow != stored) progressNanos = now;
      stored = storedNow;
      return now - began < CLOSE_NANOS && now - progressNanos < standstillNanos;
    }
  }
}
