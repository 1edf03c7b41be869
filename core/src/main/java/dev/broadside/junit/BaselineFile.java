package dev.broadside.junit;

import dev.broadside.metrics.Baseline;
import dev.broadside.metrics.RunResult;
import dev.broadside.metrics.Threshold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a load test is compared with, or where its run is kept for later ones.
 *
 * @param path of the file
 * @param tolerance how much worse a run may be
 * @param saving whether this run is to be kept, and not compared
 */
record BaselineFile(Path path, Threshold.Percent tolerance, boolean saving) {
  private static final String SAVE = "save";

  /** That of a test; empty where it has none, or where there are faults. */
  static Optional<BaselineFile> of(LoadTest test, Optional<String> order, Faults faults) {
    order
        .filter(word -> !word.equals(SAVE))
        .ifPresent(word -> faults.add(LoadTest.BASELINE + " = " + word + "; expected " + SAVE));
    if (test.baseline().isEmpty()) return Optional.empty();
    Threshold.Percent tolerance = Threshold.percent(faults.percent("tolerance", test.tolerance()));
    return Optional.of(new BaselineFile(Path.of(test.baseline()), tolerance, order.isPresent()));
  }

  /** What the baseline demands; empty where that is nothing yet, or where there are faults. */
  Optional<Threshold> threshold(Faults faults) {
    if (saving) return Optional.empty();
    try {
      return Optional.of(Threshold.noWorseThan(Baseline.load(path), tolerance));
    } catch (IOException e) {
      faults.add(
          Files.exists(path)
              ? "baseline: " + e.getMessage()
              : String.format(
                  "there is no baseline %s yet; -D%s=%s writes it", path, LoadTest.BASELINE, SAVE));
      return Optional.empty();
    }
  }

  /**
   * Adds a run.
   *
   * @return what was done, in words
   */
  String add(RunResult result) throws IOException {
    Baseline baseline = Files.exists(path) ? Baseline.load(path).plus(result) : Baseline.of(result);
    baseline.save(path);
    return "run " + baseline.size() + " of the baseline " + path;
  }
}
