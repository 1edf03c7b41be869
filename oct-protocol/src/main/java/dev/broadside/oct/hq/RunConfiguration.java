package dev.broadside.oct.hq;

import dev.broadside.oct.config.ConfigJson;
import dev.broadside.oct.results.DatabaseUri;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The configuration as a report shows it, and as it stands beside it. */
final class RunConfiguration {
  private static final String DATABASE = "results_database";
  private static final String URI = "db_uri";

  private RunConfiguration() {}

  /** As JSON, without the password of a database: reports are handed on. */
  static String text(Map<String, ? extends @Nullable Object> keys) {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>(keys);
    if (keys.get(DATABASE) instanceof Map<?, ?> database) {
      Map<Object, @Nullable Object> copy = new LinkedHashMap<>(database);
      copy.computeIfPresent(URI, (key, uri) -> DatabaseUri.withoutPassword(uri.toString()));
      shown.put(DATABASE, copy);
    }
    return ConfigJson.text(shown);
  }
}
