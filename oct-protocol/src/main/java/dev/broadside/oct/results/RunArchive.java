package dev.broadside.oct.results;

import dev.broadside.metrics.RunResult;
import dev.broadside.oct.protocol.TransactionResult;
import dev.broadside.oct.store.DatabaseUri;
import dev.broadside.oct.store.ResultsStore;
import dev.broadside.oct.store.RunEnd;
import dev.broadside.oct.store.RunMetadata;
import dev.broadside.oct.store.StoreAccount;
import dev.broadside.oct.store.StoreException;
import dev.broadside.oct.store.StoredTurret;
import dev.broadside.report.ResultsFolder;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What a run keeps on disk: a folder, with the database while it goes on, and with all other files
 * at its end. One that ends without {@link #finish} leaves the database, and the others can be made
 * from it. Thread-safe.
 */
public final class RunArchive implements AutoCloseable {
  private static final Logger LOG = System.getLogger(RunArchive.class.getName());

  private final ResultsFolder folder;
  private final DatabaseUri database;
  private final RunMetadata run;
  private final ResultsStore store;
  private final Map<String, StoredTurret> turrets = new LinkedHashMap<>();

  private RunArchive(ResultsFolder folder, DatabaseUri database, RunMetadata run) {
    this.folder = folder;
    this.database = database;
    this.run = run;
    this.store = ResultsStore.open(database, run);
  }

  /**
   * Looks whether runs can be kept there, and loads what that takes.
   *
   * @throws StoreException if they cannot, saying why
   */
  public static void check(ArchiveSettings settings) {
    requireSql(); // before classes that use it are looked at
    try {
      ResultsFolder.makeParent(settings.parent());
    } catch (IOException e) {
      throw new StoreException(String.valueOf(e.getMessage()), e);
    }
    boolean inFolder = settings.databaseUri().equals(DatabaseUri.DEFAULT);
    DatabaseUri database = databaseIn(settings.parent(), settings);
    ResultsStore.requireDriver(database);
    ResultsStore.check(inFolder ? DatabaseUri.IN_MEMORY : database);
  }

  private static void requireSql() {
    if (ModuleLayer.boot().findModule("java.sql").isPresent()) return;
    throw new StoreException(
        "a folder of results needs the module java.sql; add \"requires java.sql\" to"
            + " module-info.java, or start Java with --add-modules java.sql",
        null);
  }

  /**
   * Makes the folder of a run that begins now.
   *
   * @throws StoreException if it cannot be made, or the database cannot be opened, saying why
   */
  public static RunArchive open(
      ArchiveSettings settings, Instant started, Duration interval, int maxLabels) {
    ResultsFolder folder = make(settings, started);
    RunMetadata run =
        new RunMetadata(
            UUID.randomUUID().toString(),
            settings.title(),
            started,
            interval,
            maxLabels,
            madeBy(),
            settings.configuration());
    try {
      return new RunArchive(folder, databaseIn(folder.path(), settings), run);
    } catch (StoreException e) {
      discard(folder);
      throw e;
    }
  }

  /** Nothing was kept in it, unless there is more than the configuration. */
  private static void discard(ResultsFolder folder) {
    try (Stream<Path> files = Files.list(folder.path())) {
      if (!files.allMatch(folder.config()::equals)) return;
      Files.delete(folder.config());
      Files.delete(folder.path());
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the empty " + folder.path() + " stays", e);
    }
  }

  private static ResultsFolder make(ArchiveSettings settings, Instant started) {
    try {
      ResultsFolder folder = ResultsFolder.make(settings.parent(), local(started));
      Files.writeString(folder.config(), settings.configuration());
      return folder;
    } catch (IOException e) {
      throw new StoreException(String.valueOf(e.getMessage()), e);
    }
  }

  private static LocalDateTime local(Instant instant) {
    return LocalDateTime.ofInstant(instant, ZoneId.systemDefault());
  }

  private static DatabaseUri databaseIn(Path folder, ArchiveSettings settings) {
    return DatabaseUri.parse(settings.databaseUri(), folder, settings.base());
  }

  private static String madeBy() {
    String version = RunArchive.class.getPackage().getImplementationVersion();
    return version == null ? "Broadside" : "Broadside " + version;
  }

  /** Where it is. */
  public Path folder() {
    return folder.path();
  }

  /** Keeps a result. Waits a bounded time where the database is slow. */
  public void add(TransactionResult result) {
    store.add(result);
  }

  /** Keeps what a turret says of itself, in the place of what it said before. */
  public synchronized void turret(StoredTurret turret) {
    turrets.put(turret.uuid(), turret);
    store.turret(turret);
  }

  /** Turrets of this name obey a start, so long after the beginning of the run. */
  public void started(String turretName, long nanos) {
    store.started(turretName, nanos);
  }

  /**
   * Ends the database and makes the other files; what cannot be made is logged.
   *
   * @return the result with what was counted meanwhile
   */
  public RunResult finish(RunResult result, TurretClocks clocks) {
    List<StoredTurret> listed = turretsSoFar();
    RunEnd end =
        new RunEnd(
            result.duration(),
            result.counters(),
            result.expectedUsers(),
            clocks.skewMicros(listed.stream().map(StoredTurret::name).toList()),
            result.verdicts());
    StoreAccount account = store.finish(end);
    if (account.reason() != null) LOG.log(Level.WARNING, unstored(account));
    RunResult whole = withStored(result);
    ResultFiles files = new ResultFiles(folder);
    files.writeFigures(whole, RunDetails.of(run, listed, clocks));
    files.writeRows(database, run.runId());
    files.troubles().forEach(trouble -> LOG.log(Level.WARNING, trouble));
    return whole;
  }

  /** The result with what the store has counted so far. */
  public RunResult withStored(RunResult result) {
    Map<String, Long> counters = new LinkedHashMap<>(result.counters());
    counters.putAll(store.account().counters());
    return result.withCounters(counters);
  }

  private String unstored(StoreAccount account) {
    return account.notStored() + " results are not in " + database + ": " + account.reason();
  }

  private synchronized List<StoredTurret> turretsSoFar() {
    return List.copyOf(turrets.values());
  }

  /** Ends the database of a run that was broken off, with what has come. */
  @Override
  public void close() {
    store.close();
  }
}
