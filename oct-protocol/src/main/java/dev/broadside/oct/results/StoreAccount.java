package dev.broadside.oct.results;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of the results that a store was given: {@code received = stored + notStored}.
 *
 * @param received how many it was given
 * @param stored how many are in the database for certain
 * @param notStored how many are not, or nobody knows
 * @param changed how many had a NUL in a text, which this database refuses, replaced by U+FFFD
 * @param heldBack how long the receiving of results waited for the database, all in all
 * @param reason why some were not stored, in words; null where all were
 */
public record StoreAccount(
    long received,
    long stored,
    long notStored,
    long changed,
    Duration heldBack,
    @Nullable String reason) {
  /** What of it a run's counters show, by name. */
  public Map<String, Long> counters() {
    Map<String, Long> counters = new LinkedHashMap<>();
    counters.put("results not stored", notStored);
    counters.put("texts changed for the database", changed);
    return counters;
  }
}
