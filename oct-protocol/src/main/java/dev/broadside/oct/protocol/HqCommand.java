package dev.broadside.oct.protocol;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An order from the headquarters. Source: docs/protocols.md 1.2. */
public sealed interface HqCommand {
  /** Asks a turret for its status. */
  record StatusRequest() implements HqCommand {}

  /**
   * Merges values into the context that every transaction of the turret can read.
   *
   * @param context the values; one may be null
   */
  record SetTransactionContext(Map<String, @Nullable Object> context) implements HqCommand {
    /** Copies the map. */
    public SetTransactionContext {
      context = Collections.unmodifiableMap(new LinkedHashMap<>(context)); // JSON null is a value
    }
  }

  /** Starts a run. */
  record Start() implements HqCommand {}

  /** Ends the run; the turret is to be ready again. */
  record Stop() implements HqCommand {}

  /** Shuts the turret down. */
  record Kill() implements HqCommand {}

  /**
   * An order that this version does not know; ignored.
   *
   * @param name what it calls itself
   */
  record Unknown(String name) implements HqCommand {}
}
