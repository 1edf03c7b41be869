package dev.broadside.oct.packaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.broadside.oct.ConfigException;
import dev.broadside.oct.TurretConfig;
import dev.broadside.oct.hq.HqConfig;
import dev.broadside.oct.hq.ProjectTurret;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The configuration that a turret is packed with. Source: oct/utilities/configuration.py. */
final class PackedConfig {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Map<String, @Nullable Object> keys;
  private final String json;

  private PackedConfig(Map<String, @Nullable Object> keys) throws JsonProcessingException {
    this.keys = keys;
    this.json = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(keys);
  }

  /** The turret's keys, with the project's in place of them. */
  static PackedConfig of(HqConfig project, ProjectTurret turret) {
    Map<String, @Nullable Object> keys = new LinkedHashMap<>(turret.settings());
    fill(keys, "hq_address", project, "hq_address", address(project));
    fill(keys, "hq_publisher", project, "publish_port", project.publishPort());
    fill(keys, "hq_rc", project, "rc_port", project.resultsPort());
    keys.putAll(project.extraTurretConfig());
    keys.remove("turrets_requirements"); // for python's pip, and removed by the original too
    try {
      return new PackedConfig(keys);
    } catch (JsonProcessingException e) {
      throw new AssertionError("read from JSON: " + turret.name(), e);
    }
  }

  private static Object address(HqConfig project) {
    return project.hqAddress().isBlank() ? "127.0.0.1" : project.hqAddress();
  }

  /** What the project says goes first, then what the turret says, then the default. */
  private static void fill(
      Map<String, @Nullable Object> keys,
      String key,
      HqConfig project,
      String projectKey,
      Object value) {
    if (isGiven(project.settings().get(projectKey)) || !isGiven(keys.get(key)))
      keys.put(key, value);
  }

  private static boolean isGiven(@Nullable Object value) {
    return value != null && !value.toString().isBlank();
  }

  Map<String, @Nullable Object> keys() {
    return keys;
  }

  String json() {
    return json;
  }

  /** Why no turret would start with it, if so. */
  List<String> faults(Path file) {
    try {
      TurretConfig.parse(file, json);
      return List.of();
    } catch (ConfigException e) {
      return e.faults();
    }
  }
}
