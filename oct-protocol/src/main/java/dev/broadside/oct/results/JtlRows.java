package dev.broadside.oct.results;

import dev.broadside.metrics.Measurement;
import dev.broadside.oct.protocol.TransactionResult;
import dev.broadside.report.JtlResults;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** The results of a run as JMeter reads them, each at its place in the run. */
final class JtlRows implements RowFile {
  private final JtlResults jtl;
  private final Instant started;

  private JtlRows(JtlResults jtl, Instant started) {
    this.jtl = jtl;
    this.started = started;
  }

  static JtlRows open(Path file, Instant started) throws IOException {
    return new JtlRows(JtlResults.open(file), started);
  }

  @Override
  public void write(TransactionResult result, Measurement measurement) throws IOException {
    jtl.write(measurement, started.plusNanos(measurement.startNanos()).toEpochMilli());
  }

  @Override
  public void close() throws IOException {
    jtl.close();
  }
}
