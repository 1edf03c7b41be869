package dev.broadside.oct;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.broadside.oct.config.ConfigJson;
import dev.broadside.oct.config.ConfigKeys;
import dev.broadside.users.LoadProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A turret's configuration file: a JSON object with the seven keys of OCT, all required, and
 * whatever else a transaction wants to know. Source: OCT, "Writing your own turret", The turret
 * configuration.
 *
 * @param file where it was read; a relative {@code script} is looked for beside it
 * @param name the display name of the turret
 * @param cannons how many cannons fire, at least 1
 * @param rampUp over how long they start; in the file a number of seconds, 0 or more
 * @param script what they fire: a class name, a {@code .java} file or a {@code .jar}
 * @param hqAddress name or address of the headquarters; empty until a project fills it in
 * @param hqPublisher port of the headquarters' PUB socket
 * @param hqRc port of the headquarters' PULL socket
 * @param cannonClass the optional key {@code cannon_class}: an implementation of {@link Cannon}
 * @param profile when they fire: the optional keys {@code rate}, {@code profile}, {@code
 *     max_users}, {@code overflow}, {@code poisson}, {@code pacing} and {@code think_time}; without
 *     stages where {@code cannons} and {@code rampUp} say how many there are
 * @param settings all further keys; a value may be null
 */
public record TurretConfig(
    Path file,
    String name,
    int cannons,
    Duration rampUp,
    String script,
    String hqAddress,
    int hqPublisher,
    int hqRc,
    @Nullable String cannonClass,
    LoadProfile profile,
    Map<String, @Nullable Object> settings) {
  /** The keys that the turret understands beside those of {@link LoadKeys}; others are settings. */
  private static final List<String> KEYS =
      List.of(
          "name",
          "cannons",
          "rampup",
          "script",
          "hq_address",
          "hq_publisher",
          "hq_rc",
          "cannon_class");

  /** Copies the map. */
  public TurretConfig {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(profile, "profile");
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /**
   * Reads a configuration file.
   *
   * @throws ConfigException naming the file and every faulty key
   * @throws UncheckedIOException if the file cannot be read
   */
  public static TurretConfig read(Path file) {
    try {
      return of(file, ConfigJson.read(file));
    } catch (ConfigJson.Fault e) {
      throw new ConfigException(file, List.of("it " + e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the configuration " + file + ": " + e, e);
    }
  }

  /**
   * Reads a configuration from a text.
   *
   * @param file what the text is called in errors, and where its script is looked for
   * @param json the text
   * @throws ConfigException naming the file and every faulty key
   */
  public static TurretConfig parse(Path file, String json) {
    try {
      return of(file, ConfigJson.parse(json));
    } catch (ConfigJson.Fault e) {
      throw new ConfigException(file, List.of("it " + e.getMessage()));
    }
  }

  private static TurretConfig of(Path file, ObjectNode object) {
    List<String> faults = new ArrayList<>();
    ConfigKeys keys = new ConfigKeys(object, "", faults);
    TurretConfig config =
        new TurretConfig(
            file,
            keys.text("name"),
            keys.atLeastOne("cannons"),
            keys.seconds("rampup", true),
            keys.text("script"),
            keys.textOrEmpty("hq_address"),
            keys.port("hq_publisher"),
            keys.port("hq_rc"),
            keys.optionalText("cannon_class"),
            LoadKeys.read(object, faults),
            settings(object));
    if (!faults.isEmpty()) throw new ConfigException(file, faults);
    return config;
  }

  private static Map<String, @Nullable Object> settings(ObjectNode object) {
    ObjectNode others = object.deepCopy();
    others.remove(KEYS);
    others.remove(LoadKeys.KEYS);
    return ConfigJson.values(others);
  }

  /** The folder that a relative script is looked for in. */
  public Path folder() {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? Path.of("").toAbsolutePath() : parent;
  }
}
