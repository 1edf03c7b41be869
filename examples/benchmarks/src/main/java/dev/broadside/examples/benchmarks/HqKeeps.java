package dev.broadside.examples.benchmarks;

import dev.broadside.oct.hq.Headquarters;
import java.nio.file.Path;

/** What the headquarters of a benchmark makes of results. */
enum HqKeeps {
  /** Figures only. */
  HISTOGRAMS,
  /** Figures and a row each, in SQLite. */
  SQLITE;

  void set(Headquarters.Builder headquarters, Path folder) {
    if (this == SQLITE) headquarters.resultsFolder(folder);
  }
}
