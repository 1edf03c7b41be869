package dev.broadside.oct.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.broadside.metrics.Threshold;
import dev.broadside.oct.store.DatabaseUri;
import dev.broadside.oct.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The configuration that a run was started with, as its report shows it and as it stands beside its
 * results, where the original saves it too.
 *
 * @param keys a project's configuration, or as much of one as there is
 */
public record RunConfiguration(ObjectNode keys) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DATABASE = "results_database";
  private static final String URI = "db_uri";
  private static final double MAX_SECONDS = 1e9;

  /** One of these keys, with values that JSON can say. */
  public static RunConfiguration of(Map<String, ? extends @Nullable Object> keys) {
    return new RunConfiguration(JSON.valueToTree(keys));
  }

  /**
   * One that was kept as text.
   *
   * @throws StoreException if it is no JSON object, saying so
   */
  static RunConfiguration parse(String text) {
    try {
      if (JSON.readTree(text) instanceof ObjectNode keys) return new RunConfiguration(keys);
      throw new StoreException("the configuration of the run is not a JSON object", null);
    } catch (JsonProcessingException e) {
      throw new StoreException("the configuration of the run is not JSON", e);
    }
  }

  /**
   * Reads one.
   *
   * @throws StoreException if it is no JSON object or cannot be read, saying so
   */
  static RunConfiguration read(Path file) {
    try {
      if (JSON.readTree(Files.readString(file)) instanceof ObjectNode keys) {
        return new RunConfiguration(keys);
      }
      throw new StoreException(file + " is not a JSON object", null);
    } catch (JsonProcessingException e) {
      throw new StoreException(file + " is not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new StoreException(file + " cannot be read: " + e, e);
    }
  }

  /** As JSON that people can read, without the password of a database: reports are handed on. */
  public String text() {
    ObjectNode shown = keys.deepCopy();
    if (shown.get(DATABASE) instanceof ObjectNode database && database.path(URI).isTextual()) {
      database.put(URI, DatabaseUri.withoutPassword(databaseUri()));
    }
    return shown.toPrettyString() + "\n";
  }

  /** The length of an interval in the report, if it says a sensible one. */
  Optional<Duration> interval() {
    double seconds = keys.path("results_ts_interval").asDouble();
    boolean sensible = seconds > 0 && seconds <= MAX_SECONDS;
    return sensible ? Optional.of(Duration.ofNanos(Math.round(seconds * 1e9))) : Optional.empty();
  }

  /**
   * The thresholds that it says a run has to hold.
   *
   * @throws IllegalArgumentException if one cannot be judged, quoting it
   */
  List<Threshold> thresholds() {
    List<Threshold> thresholds = new ArrayList<>();
    for (JsonNode text : keys.path("thresholds")) thresholds.add(HqThresholds.parse(text.asText()));
    return thresholds;
  }

  /** Where the results are kept. */
  String databaseUri() {
    return keys.path(DATABASE).path(URI).asText(DatabaseUri.DEFAULT);
  }
}
