package dev.broadside.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Runs that later ones are compared with, kept apart: {@link Threshold#noWorseThan}. Of each, the
 * latencies of successes, of all transactions, each of them and each timer. Immutable.
 *
 * <pre>{@code
 * Baseline.load(file).plus(result).save(file);
 * }</pre>
 */
public final class Baseline {
  private final List<BaselineRun> runs;

  Baseline(List<BaselineRun> runs) {
    this.runs = List.copyOf(runs);
  }

  /** Of one run. It should have gone on for ten intervals of its series or more. */
  public static Baseline of(RunResult result) {
    return new Baseline(List.of(BaselineRun.of(result)));
  }

  /** These runs and one more. */
  public Baseline plus(RunResult result) {
    return new Baseline(Stream.concat(runs.stream(), Stream.of(BaselineRun.of(result))).toList());
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws IOException if that fails, or if the file is no baseline, saying what is wrong where
   */
  public static Baseline load(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(
          file.toString(), null, "no baseline; Baseline.of(result).save(path) writes one");
    }
    return BaselineReader.read(file);
  }

  /**
   * Writes a file in JSON, in the place of one that is there. Folders are made. Who reads at the
   * same time, reads the old one or the new one.
   *
   * @throws IOException if that fails; then what was there is still there
   */
  public void save(Path file) throws IOException {
    Path target = file.toAbsolutePath();
    Files.createDirectories(target.getParent());
    Path aside = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID());
    try {
      BaselineWriter.write(this, aside);
      Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  /** How many runs it has, one or more. */
  public int size() {
    return runs.size();
  }

  List<BaselineRun> runs() {
    return runs;
  }

  @Override
  public String toString() {
    return runs.size() == 1 ? "a baseline of 1 run" : "a baseline of " + runs.size() + " runs";
  }
}
