package dev.broadside.junit;

import dev.broadside.metrics.Threshold;
import dev.broadside.users.LoadProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a {@link LoadTest}. */
final class LoadSettingsReader {
  private final LoadTest test;
  private final Optional<String> baselineOrder;
  private final Faults faults;

  private LoadSettingsReader(LoadTest test, Optional<String> baselineOrder, Faults faults) {
    this.test = test;
    this.baselineOrder = baselineOrder;
    this.faults = faults;
  }

  /**
   * What it asks for; anything, where there are faults.
   *
   * @param baselineOrder what is to be done about baselines; empty for a comparison
   */
  static LoadSettings read(LoadTest test, Optional<String> baselineOrder, Faults faults) {
    return new LoadSettingsReader(test, baselineOrder, faults).settings();
  }

  private LoadSettings settings() {
    LoadProfile profile = new ProfileReader(test, faults).profile();
    List<Threshold> thresholds = thresholds(hasSchedule(profile));
    BaselineFile baseline = BaselineFile.of(test, baselineOrder, faults).orElse(null);
    if (baseline != null) baseline.threshold().ifPresent(thresholds::add);
    BaselineFile keptIn = baseline != null && baseline.saving() ? baseline : null;
    Duration grace = faults.time("grace", test.grace());
    faults.addIf(
        !test.threads().isAvailable(),
        "threads = VIRTUAL needs Java 21 or later; this is " + Runtime.version());
    return new LoadSettings(profile, thresholds, keptIn, test.threads(), grace);
  }

  /** Whether there is one, or was to be where the load is at fault. */
  private boolean hasSchedule(LoadProfile profile) {
    return profile.hasSchedule()
        || !test.rate().isEmpty()
        || test.pacing().length > 0
        || (test.profile().length > 0 && !faults.isEmpty());
  }

  private List<Threshold> thresholds(boolean scheduled) {
    List<Threshold> thresholds = new ArrayList<>();
    for (String text : test.thresholds()) {
      try {
        Threshold threshold = Threshold.parse(text);
        thresholds.add(threshold);
        if (scheduled || !threshold.requiresSchedule()) continue;
        faults.add(
            "thresholds: \"" + text + "\": the load has no schedule; give it a rate or a pacing");
      } catch (IllegalArgumentException e) {
        faults.add("thresholds: " + e.getMessage()); // quotes the one
      }
    }
    return thresholds;
  }
}
