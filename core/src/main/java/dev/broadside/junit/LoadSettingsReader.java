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
  private final Faults faults = new Faults();

  private LoadSettingsReader(LoadTest test, Optional<String> baselineOrder) {
    this.test = test;
    this.baselineOrder = baselineOrder;
  }

  /**
   * What it asks for.
   *
   * @param name of the test, for what is wrong with it
   * @param baselineOrder what is to be done about baselines; empty for a comparison
   * @throws org.junit.jupiter.api.extension.ExtensionConfigurationException saying all that is
   *     wrong
   */
  static LoadSettings read(LoadTest test, String name, Optional<String> baselineOrder) {
    return new LoadSettingsReader(test, baselineOrder).settings(name);
  }

  private LoadSettings settings(String name) {
    LoadProfile profile = new ProfileReader(test, faults).profile();
    List<Threshold> thresholds = thresholds();
    BaselineFile baseline = BaselineFile.of(test, baselineOrder, faults).orElse(null);
    if (baseline != null) baseline.threshold(faults).ifPresent(thresholds::add);
    BaselineFile keptIn = baseline != null && baseline.saving() ? baseline : null;
    Duration grace = faults.time("grace", test.grace());
    faults.throwAny(name);
    return new LoadSettings(profile, thresholds, keptIn, test.threads(), grace);
  }

  private List<Threshold> thresholds() {
    List<Threshold> thresholds = new ArrayList<>();
    for (String text : test.thresholds()) {
      try {
        thresholds.add(Threshold.parse(text));
      } catch (IllegalArgumentException e) {
        faults.add(String.valueOf(e.getMessage())); // quotes the threshold
      }
    }
    return thresholds;
  }
}
