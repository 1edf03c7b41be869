package dev.broadside.junit;

import dev.broadside.metrics.Baseline;
import dev.broadside.metrics.RunResult;
import dev.broadside.metrics.Summary;
import dev.broadside.metrics.Threshold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a load test is compared with, or where its run is kept for later ones.
 *
 * @param path of the file
 * @param tolerance how much worse a run may be
 * @param saving whether this run is to be kept, and not compared
 * @param earlier what is in the file; null if there is none
 */
record BaselineFile(
    Path path, Threshold.Percent tolerance, boolean saving, @Nullable Baseline earlier) {
  private static final String SAVE = "save";

  /** That of a test; empty where it has none, or where there are faults. */
  static Optional<BaselineFile> of(LoadTest test, Optional<String> order, Faults faults) {
    order
        .filter(word -> !word.equals(SAVE))
        .ifPresent(word -> faults.add(LoadTest.BASELINE + " = " + word + "; expected " + SAVE));
    Threshold.Percent tolerance = Threshold.percent(faults.percent("tolerance", test.tolerance()));
    if (test.baseline().isEmpty()) return Optional.empty();
    return read(test.baseline(), tolerance, order.isPresent(), faults);
  }

  private static Optional<BaselineFile> read(
      String text, Threshold.Percent tolerance, boolean saving, Faults faults) {
    try {
      Path path = Path.of(text);
      Baseline earlier = Files.exists(path) ? Baseline.load(path) : null;
      if (earlier == null && !saving) {
        faults.add(
            String.format(
                "there is no baseline %s yet; -D%s=%s writes it", path, LoadTest.BASELINE, SAVE));
      }
      return Optional.of(new BaselineFile(path, tolerance, saving, earlier));
    } catch (IOException | InvalidPathException e) {
      faults.add("baseline: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** What the baseline demands; empty where the run is kept, or there is nothing yet. */
  Optional<Threshold> threshold() {
    return earlier == null || saving
        ? Optional.empty()
        : Optional.of(Threshold.noWorseThan(earlier, tolerance));
  }

  /**
   * Adds a run.
   *
   * @return what was done, in words
   */
  String add(RunResult result) throws IOException {
    Baseline baseline = earlier == null ? Baseline.of(result) : earlier.plus(result);
    try {
      baseline.save(path);
    } catch (IOException e) {
      throw new IOException("baseline: the run could not be added to " + path + ": " + e, e);
    }
    String added = "run " + baseline.size() + " of the baseline " + path;
    return isTooShort(result.all())
        ? added
            + ", too short to be compared with: a run should last for ten intervals, of a second"
            + " where only iterations end it"
        : added;
  }

  /** Whether it has no ten slices. */
  private static boolean isTooShort(Summary all) {
    return all.duration().compareTo(all.series().interval().multipliedBy(10)) < 0;
  }
}
