package dev.broadside.oct.results;

import dev.broadside.metrics.RunResult;
import dev.broadside.metrics.Threshold;
import dev.broadside.metrics.Verdict;
import dev.broadside.oct.store.DatabaseUri;
import dev.broadside.oct.store.RunEnd;
import dev.broadside.oct.store.RunMetadata;
import dev.broadside.oct.store.StoreException;
import dev.broadside.oct.store.StoredRun;
import dev.broadside.report.ResultsFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the files of a results folder again, from its database: ours, also that of a run that was
 * killed, or one of the original headquarters.
 */
public final class FolderRebuild {
  private final ResultsFolder folder;
  private final DatabaseUri database;
  private final @Nullable RunConfiguration beside;
  private final boolean overrides;

  private FolderRebuild(
      ResultsFolder folder,
      DatabaseUri database,
      @Nullable RunConfiguration beside,
      boolean overrides) {
    this.folder = folder;
    this.database = database;
    this.beside = beside;
    this.overrides = overrides;
  }

  /**
   * The rebuild of a folder.
   *
   * @param databaseUri its database; null for the one in it, or that its configuration names
   * @param configuration the configuration to go by instead of the one that was kept, if any
   * @throws IllegalArgumentException if there is no such database
   * @throws StoreException if a configuration cannot be read
   */
  public static FolderRebuild of(
      Path path, @Nullable String databaseUri, @Nullable Path configuration) {
    ResultsFolder folder = new ResultsFolder(path.toAbsolutePath().normalize());
    boolean overrides = configuration != null;
    Path file = configuration == null ? folder.config() : configuration;
    RunConfiguration beside = overrides || Files.exists(file) ? RunConfiguration.read(file) : null;
    DatabaseUri database =
        databaseUri == null
            ? ownDatabase(folder, beside)
            : DatabaseUri.parse(databaseUri, folder.path(), Path.of(""));
    return new FolderRebuild(folder, existing(database), beside, overrides);
  }

  private static DatabaseUri ownDatabase(ResultsFolder folder, @Nullable RunConfiguration beside) {
    Path inFolder = folder.path().resolve(DatabaseUri.DEFAULT_FILE);
    return Files.exists(inFolder) || beside == null
        ? DatabaseUri.of(inFolder)
        : DatabaseUri.parse(beside.databaseUri(), folder.path(), project(folder));
  }

  /** The folder of the project, if this is where a project keeps its results. */
  private static Path project(ResultsFolder folder) {
    Path results = folder.path().getParent();
    if (results == null || !results.endsWith("results")) return folder.path();
    Path project = results.getParent();
    return project == null ? folder.path() : project;
  }

  private static DatabaseUri existing(DatabaseUri database) {
    Path file = database.file();
    if (file == null || Files.isRegularFile(file)) return database;
    throw new IllegalArgumentException(file + " is not a file");
  }

  /** The report that it makes. */
  public Path report() {
    return folder.html();
  }

  /**
   * Makes the files.
   *
   * @return what could not be made, and why
   * @throws StoreException if the database cannot be read, saying why
   */
  public List<String> make() {
    ResultFiles files = new ResultFiles(folder);
    try (StoredRun run = StoredRun.openFirst(database, this::isOfFolder)) {
      RunMetadata metadata = metadata(run.metadata());
      RebuiltRun rebuilt = RebuiltRun.of(run, metadata);
      Optional<RunEnd> end = run.end();
      TurretClocks clocks = new TurretClocks(end.map(RunEnd::skewMicros).orElse(Map.of()));
      List<Verdict> verdicts = verdicts(end, rebuilt.result(), metadata, files);
      RunResult result = rebuilt.result().withVerdicts(verdicts);
      files.writeFigures(result, RunDetails.of(metadata, run.turrets(), clocks));
      files.writeRows(run, rebuilt.timerNames());
      files.writeConfiguration(metadata.configuration());
    }
    return files.troubles();
  }

  /** As they were found at the run's end; judged now, if the run has none or goes by another. */
  private List<Verdict> verdicts(
      Optional<RunEnd> end, RunResult result, RunMetadata metadata, ResultFiles files) {
    if (end.isPresent() && !overrides) return end.get().verdicts();
    try {
      List<Threshold> thresholds = RunConfiguration.parse(metadata.configuration()).thresholds();
      return thresholds.stream().map(threshold -> threshold.judge(result)).toList();
    } catch (IllegalArgumentException e) {
      files.trouble("\"thresholds\" are not judged: " + e.getMessage());
      return List.of();
    }
  }

  /** Of a database with several runs: the folder bears the time at which its run began. */
  private boolean isOfFolder(RunMetadata run) {
    LocalDateTime began = LocalDateTime.ofInstant(run.started(), ZoneId.systemDefault());
    return folder.path().endsWith(ResultsFolder.nameOf(began));
  }

  /** The original keeps neither title nor configuration in its database. */
  private RunMetadata metadata(RunMetadata stored) {
    boolean ofOriginal = stored.title().isEmpty();
    RunConfiguration configuration = overrides || ofOriginal ? beside : null;
    return new RunMetadata(
        stored.runId(),
        ofOriginal ? String.valueOf(project(folder).getFileName()) : stored.title(),
        stored.started(),
        configuration == null
            ? stored.interval()
            : configuration.interval().orElse(stored.interval()),
        stored.maxLabels(),
        stored.madeBy(),
        configuration == null ? stored.configuration() : configuration.text());
  }
}
