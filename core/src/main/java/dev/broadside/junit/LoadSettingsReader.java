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
    List<Threshold> thresholds = thresholds();
    BaselineFile baseline = BaselineFile.of(test, baselineOrder, faults).orElse(null);
    if (baseline != null) baseline.threshold().ifPresent(thresholds::add);
    BaselineFile keptIn = baseline != null && baseline.saving() ? baseline : null;
    Duration grace = faults.time("grace", test.grace());
    faults.addIf(
        !test.threads().isAvailable(),
        "threads = VIRTUAL needs Java 21 or later; this is " + Runtime.version());
    return new LoadSettings(profile, thresholds, keptIn, test.threads(), grace);
  }

  private List<Threshold> thresholds() {
    List<Threshold> thresholds = new ArrayList<>();
    for (String text : test.thresholds()) {
      try {
        thresholds.add(Threshold.parse(text));
      } catch (IllegalArgumentException e) {
        faults.add("thresholds: " + e.getMessage()); // quotes the one
      }
    }
    return thresholds;
  }
}
