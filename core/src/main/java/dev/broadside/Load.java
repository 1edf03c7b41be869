package dev.broadside;

import dev.broadside.users.LoadProfile;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A scenario and the profile it is run under.
 *
 * @param scenario what is done
 * @param profile its own, or else that of the run
 * @param title what its users and their threads are called, and what has no label of its own
 */
record Load(Scenario scenario, LoadProfile profile, String title) {
  /**
   * Refuses what would go on for ever.
   *
   * @throws IllegalStateException if the profile does not end
   */
  void requireEnd() {
    if (profile.hasEnd()) return;
    throw new IllegalStateException(
        "the profile of "
            + title
            + " has no end; add hold(…), duration(…) or iterations(…), or start() the run and"
            + " stop it");
  }

  /** How long all of them take; null if one does not say. */
  static @Nullable Duration length(List<Load> loads) {
    Duration longest = Duration.ZERO;
    for (Load load : loads) {
      Duration length = load.profile.length();
      if (length == null) return null;
      if (length.compareTo(longest) > 0) longest = length;
    }
    return longest;
  }
}
