package dev.broadside.oct.results;

import dev.broadside.metrics.Measurement;
import dev.broadside.oct.protocol.TransactionResult;
import java.io.Closeable;
import java.io.IOException;

/** A file with a row for each result of a run. */
interface RowFile extends Closeable {
  /**
   * Writes a row.
   *
   * @param measurement the same result, as it stands in the run
   */
  void write(TransactionResult result, Measurement measurement) throws IOException;
}
