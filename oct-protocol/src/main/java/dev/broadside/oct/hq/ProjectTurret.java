package dev.broadside.oct.hq;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One turret of a project.
 *
 * @param file where it stands: the project's {@code config.json}, or a JSON file of its own
 * @param settings all of its keys, as they stand there; those that a turret understands are valid,
 *     but for {@code hq_address}, {@code hq_publisher} and {@code hq_rc}; a value may be null
 */
public record ProjectTurret(Path file, Map<String, @Nullable Object> settings) {
  /** Copies the map. */
  public ProjectTurret {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /** The display name. */
  public String name() {
    return (String) Objects.requireNonNull(settings.get("name"));
  }

  /** The script, relative to the project's folder. */
  public String script() {
    return (String) Objects.requireNonNull(settings.get("script"));
  }
}
