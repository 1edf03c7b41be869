package dev.broadside.junit;

import dev.broadside.metrics.Threshold;
import dev.broadside.users.LoadProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads a {@link LoadTest}. */
final class LoadSettingsReader {
  private final LoadTest test;
  private final Faults faults = new Faults();

  private LoadSettingsReader(LoadTest test) {
    this.test = test;
  }

  /**
   * What it asks for.
   *
   * @param name of the test, for what is wrong with it
   * @throws org.junit.jupiter.api.extension.ExtensionConfigurationException saying all that is
   *     wrong
   */
  static LoadSettings read(LoadTest test, String name) {
    return new LoadSettingsReader(test).settings(name);
  }

  private LoadSettings settings(String name) {
    LoadProfile profile = new ProfileReader(test, faults).profile();
    List<Threshold> thresholds = thresholds();
    Duration grace = faults.time("grace", test.grace());
    faults.throwAny(name);
    return new LoadSettings(profile, thresholds, test.threads(), grace);
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
