package dev.broadside.report;

import dev.broadside.metrics.Measurement;
import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the measurements of a run as a results file of JMeter in CSV, which its report generator
 * reads ({@code jmeter -g results.jtl -o folder}). A measurement is one sample; its custom timers
 * are parts of it and would count as further transactions there, so they are left out. What nobody
 * has measured (bytes, threads, latency, connect time) is 0. A failure without a response code has
 * none, so that JMeter shows the errors by their texts.
 *
 * <p>Not thread-safe.
 */
public final class JtlResults implements Closeable, Flushable {
  private static final String HEADER =
      "timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,"
          + "failureMessage,bytes,sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect\n";
  private static final double NANOS_A_MILLI = 1e6;

  private final Writer out;
  private final CsvLine line = new CsvLine(',', "\n");

  private JtlResults(Writer out) {
    this.out = out;
  }

  /** A file with nothing but its header; one that is there is replaced. */
  public static JtlResults open(Path file) throws IOException {
    Writer out = Files.newBufferedWriter(file);
    try {
      out.write(HEADER);
      return new JtlResults(out);
    } catch (IOException e) {
      out.close();
      throw e;
    }
  }

  /**
   * Writes a row.
   *
   * @param startMillis when the measurement began, in milliseconds since 1970
   */
  public void write(Measurement measurement, long startMillis) throws IOException {
    write(measurement, startMillis, "", "");
  }

  /**
   * Writes a row of a request.
   *
   * @param startMillis when the measurement began, in milliseconds since 1970
   * @param responseCode what it was answered with; may be empty
   * @param url what was asked for; may be empty
   */
  public void write(Measurement measurement, long startMillis, String responseCode, String url)
      throws IOException {
    String error = measurement.error();
    line.number(startMillis)
        .number(Math.round(measurement.serviceNanos() / NANOS_A_MILLI))
        .text(measurement.label())
        .text(responseCode)
        .nothing() // the response's message
        .text(measurement.group())
        .nothing() // the type of its data
        .text(Boolean.toString(error == null))
        .text(error == null ? "" : error)
        .number(0) // bytes
        .number(0) // bytes sent
        .number(0) // threads of the group
        .number(0) // all threads
        .text(url)
        .number(0) // latency
        .number(0) // idle time
        .number(0) // connect time
        .writeTo(out);
  }

  /** Puts all rows so far into the file. */
  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
