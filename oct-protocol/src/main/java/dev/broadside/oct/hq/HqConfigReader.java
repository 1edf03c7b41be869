package dev.broadside.oct.hq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.broadside.metrics.Threshold;
import dev.broadside.oct.ConfigException;
import dev.broadside.oct.TurretConfig;
import dev.broadside.oct.config.ConfigJson;
import dev.broadside.oct.config.ConfigKeys;
import dev.broadside.oct.results.HqThresholds;
import dev.broadside.oct.store.DatabaseUri;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one project; all faults are found before any is thrown. */
final class HqConfigReader {
  private final Path file;
  private final List<String> faults = new ArrayList<>();
  private @Nullable ObjectNode extra; // what each turret is given when it is packed

  HqConfigReader(Path file) {
    this.file = file;
  }

  HqConfig read() {
    ObjectNode object = parse(file, "");
    HqConfig config = object == null ? null : config(object);
    if (config == null || !faults.isEmpty()) throw new ConfigException(file, faults);
    return config;
  }

  private HqConfig config(ObjectNode object) {
    ConfigKeys keys = new ConfigKeys(object, "", faults);
    extra = keys.object("extra_turret_config");
    HqConfig config =
        new HqConfig(
            file,
            keys.seconds("run_time", false),
            keys.seconds("results_ts_interval", false),
            keys.flag("testing"),
            keys.flag("progress_bar"),
            keys.port("publish_port", 5000),
            keys.port("rc_port", 5001),
            keys.port("external_publisher", 5002),
            keys.atLeastOne("min_turrets", 1),
            thresholds(keys),
            keys.text("hq_address", "127.0.0.1"),
            keys.text("bind_address", "127.0.0.1"),
            turrets(keys.array("turrets")),
            settings(extra),
            databaseUri(keys.object("results_database")),
            settings(object));
    requireTwoPorts(config.publishPort(), config.resultsPort());
    return config;
  }

  private void requireTwoPorts(int publishPort, int resultsPort) {
    if (publishPort != resultsPort || publishPort == 0) return;
    faults.add("\"rc_port\": " + resultsPort + " is \"publish_port\" too; expected two ports");
  }

  private List<Threshold> thresholds(ConfigKeys keys) {
    List<Threshold> thresholds = new ArrayList<>();
    int index = 0;
    for (JsonNode element : keys.arrayOrNone("thresholds")) {
      threshold(element, "\"thresholds\"[" + index++ + "]: ", thresholds);
    }
    return thresholds;
  }

  private void threshold(JsonNode element, String where, List<Threshold> thresholds) {
    try {
      if (element.isTextual()) thresholds.add(HqThresholds.parse(element.textValue()));
      else faults.add(where + ConfigKeys.excerpt(element) + " is not a text, as \"p(95) < 200ms\"");
    } catch (IllegalArgumentException e) {
      faults.add(where + e.getMessage());
    }
  }

  private String databaseUri(@Nullable ObjectNode database) {
    if (database == null) return DatabaseUri.DEFAULT;
    String where = "\"results_database\": ";
    String uri = new ConfigKeys(database, where, faults).text("db_uri", DatabaseUri.DEFAULT);
    try {
      DatabaseUri unused = DatabaseUri.parse(uri, file, file);
    } catch (IllegalArgumentException e) {
      faults.add(where + "\"db_uri\": " + e.getMessage());
    }
    return uri;
  }

  private List<ProjectTurret> turrets(Iterable<JsonNode> elements) {
    List<ProjectTurret> turrets = new ArrayList<>();
    int index = 0;
    for (JsonNode element : elements) {
      turret(element, "\"turrets\"[" + index++ + "]", turrets);
    }
    return turrets;
  }

  private void turret(JsonNode element, String where, List<ProjectTurret> turrets) {
    if (element instanceof ObjectNode object) {
      turrets.add(turret(file, object, where + ": "));
    } else if (element.isTextual()) {
      turretFile(element.textValue(), where, turrets);
    } else {
      String excerpt = ConfigKeys.excerpt(element);
      faults.add(
          where + ": " + excerpt + " is not a turret; expected an object or a JSON file's path");
    }
  }

  private void turretFile(String path, String where, List<ProjectTurret> turrets) {
    String source = where + ", " + path + ": ";
    try {
      Path turretFile = file.resolveSibling(path);
      ObjectNode object = parse(turretFile, source);
      if (object != null) turrets.add(turret(turretFile, object, source));
    } catch (InvalidPathException e) {
      faults.add(source + "is not a path (" + e.getReason() + ")");
    }
  }

  private ProjectTurret turret(Path source, ObjectNode object, String where) {
    ConfigKeys keys = new ConfigKeys(object, where, faults);
    String unused = keys.text("name") + keys.text("script");
    keys.atLeastOne("cannons");
    keys.seconds("rampup", true);
    checkPacked(source, object, where);
    return new ProjectTurret(source, settings(object));
  }

  /** Whether the turret would start with what it is packed with. */
  private void checkPacked(Path source, ObjectNode turret, String where) {
    ObjectNode packed = turret.deepCopy();
    if (extra != null) packed.setAll(extra);
    packed.put("hq_address", "").put("hq_publisher", 1).put("hq_rc", 1); // are filled in
    try {
      TurretConfig unused = TurretConfig.parse(source, packed.toString());
    } catch (ConfigException e) {
      for (String fault : e.faults()) {
        if (!faults.contains(where + fault)) faults.add(where + fault);
      }
    }
  }

  private static Map<String, @Nullable Object> settings(@Nullable ObjectNode object) {
    return object == null ? Map.of() : ConfigJson.values(object);
  }

  private @Nullable ObjectNode parse(Path source, String where) {
    try {
      return ConfigJson.read(source);
    } catch (ConfigJson.Fault e) {
      faults.add(where + e.getMessage());
    } catch (NoSuchFileException e) {
      faults.add(where + "there is no such file");
    } catch (IOException e) {
      faults.add(where + "cannot be read: " + e);
    }
    return null;
  }
}
