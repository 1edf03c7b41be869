package dev.broadside.oct.hq;

import dev.broadside.oct.ConfigException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A project's {@code config.json}, as the original headquarters has it. Keys that are not listed
 * here are allowed, and found in {@code settings}. Source: docs/protocols.md 1.7.
 *
 * @param file the file itself, in the project's folder
 * @param runTime how long a run goes on ({@code run_time}, in seconds)
 * @param resultsInterval the length of an interval in the report ({@code results_ts_interval}, in
 *     seconds)
 * @param testing whether the results go to a temporary folder
 * @param progressBar whether progress is shown ({@code progress_bar})
 * @param publishPort the port for orders ({@code publish_port}, default 5000)
 * @param resultsPort the port for results and statuses ({@code rc_port}, default 5001)
 * @param externalPublisherPort the port for live results ({@code external_publisher}, default 5002)
 * @param minTurrets how many turrets a run waits for ({@code min_turrets}, default 1)
 * @param hqAddress where packed turrets find the headquarters ({@code hq_address}, default
 *     127.0.0.1)
 * @param bindAddress where the headquarters listens ({@code bind_address}, default 127.0.0.1)
 * @param turrets the project's turrets
 * @param extraTurretConfig what every packed turret is given ({@code extra_turret_config})
 * @param databaseUri where results are kept ({@code results_database}, its {@code db_uri}): {@code
 *     default} for a file in the run's folder, a path, or a JDBC URL
 * @param settings all keys, as they stand in the file; a value may be null
 */
public record HqConfig(
    Path file,
    Duration runTime,
    Duration resultsInterval,
    boolean testing,
    boolean progressBar,
    int publishPort,
    int resultsPort,
    int externalPublisherPort,
    int minTurrets,
    String hqAddress,
    String bindAddress,
    List<ProjectTurret> turrets,
    Map<String, @Nullable Object> extraTurretConfig,
    String databaseUri,
    Map<String, @Nullable Object> settings) {
  /** Copies the collections. */
  public HqConfig {
    turrets = List.copyOf(turrets);
    extraTurretConfig = Collections.unmodifiableMap(new LinkedHashMap<>(extraTurretConfig));
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /**
   * Reads {@code config.json} in the project's folder, and the turrets' own files that it names.
   *
   * @throws ConfigException naming the file and all of its faults
   */
  public static HqConfig read(Path projectFolder) {
    return new HqConfigReader(projectFolder.resolve("config.json")).read();
  }

  /** The project's folder; scripts and turrets' own files are relative to it. */
  public Path projectFolder() {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }
}
