package dev.broadside.users;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a virtual user knows of itself and of its run; stays the same for the whole run.
 *
 * @param number the user's number, counted from 1
 * @param group the group it belongs to: the turret's name
 * @param settings further keys of the configuration, as read from JSON; a value may be null
 * @param runContext what the headquarters sent for this run ({@code set_transaction_context}); a
 *     value may be null
 */
public record UserContext(
    int number,
    String group,
    Map<String, @Nullable Object> settings,
    Map<String, @Nullable Object> runContext) {
  /** Copies the maps. */
  public UserContext {
    if (number < 1) throw new IllegalArgumentException("number < 1: " + number);
    Objects.requireNonNull(group, "group");
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    runContext = Collections.unmodifiableMap(new LinkedHashMap<>(runContext));
  }

  /**
   * A user without settings or context, as in a test of a transaction.
   *
   * @param number counted from 1
   * @param group the group it belongs to
   */
  public static UserContext of(int number, String group) {
    return new UserContext(number, group, Map.of(), Map.of());
  }
}
