package dev.broadside.junit;

import dev.broadside.metrics.Threshold;
import dev.broadside.users.LoadProfile;
import dev.broadside.users.UserThreads;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link LoadTest} asks for.
 *
 * @param profile the load, which has an end
 * @param thresholds what has to hold
 * @param keptIn where the run is kept; null if it is not
 * @param threads what users run on
 * @param grace how long a user may take to finish
 */
record LoadSettings(
    LoadProfile profile,
    List<Threshold> thresholds,
    @Nullable BaselineFile keptIn,
    UserThreads threads,
    Duration grace) {
  LoadSettings {
    thresholds = List.copyOf(thresholds);
  }
}
