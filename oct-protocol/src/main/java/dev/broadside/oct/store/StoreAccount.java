package dev.broadside.oct.store;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of the results that a store was given: {@code received = stored + waiting +
 * notStored}.
 *
 * @param received how many it was given
 * @param stored how many are in the database for certain
 * @param waiting how many are to be stored yet; none once the store is closed
 * @param notStored how many are not, or nobody knows
 * @param changed how many texts had a NUL, which this database refuses, replaced by U+FFFD
 * @param heldBack how long the receiving of results waited for the database, all in all
 * @param reason why some are not stored, in words; null where nothing is amiss
 */
public record StoreAccount(
    long received,
    long stored,
    long waiting,
    long notStored,
    long changed,
    Duration heldBack,
    @Nullable String reason) {
  /** What of it a run's counters show, by name. */
  public Map<String, Long> counters() {
    Map<String, Long> counters = new LinkedHashMap<>();
    counters.put("results not stored", notStored);
    counters.put("texts changed", changed);
    return counters;
  }
}
