package dev.broadside.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.metrics.Measurement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JtlResultsTest {
  private static final String HEADER =
      "timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,"
          + "failureMessage,bytes,sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect";

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("results.jtl");
  }

  private static Measurement measurement(String label, long nanos, @Nullable String error) {
    return new Measurement(label, "turret", 0, nanos, error, Map.of("timer", 1L));
  }

  @Test
  void write_isARowOfJMeter() throws Exception {
    try (JtlResults jtl = JtlResults.open(file())) {
      jtl.write(measurement("login", 12_499_999, null), 1795290242123L);
      jtl.write(measurement("a, b", 12_500_000, "timed out"), 1795290242124L);
      jtl.write(measurement("http://shop/", 0, "HTTP 503"), 0, "503", "http://shop/");
    }

    assertThat(Files.readString(file()))
        .isEqualTo(
            HEADER
                + "\n1795290242123,12,login,,,turret,,true,,0,0,0,0,,0,0,0"
                + "\n1795290242124,13,\"a, b\",,,turret,,false,timed out,0,0,0,0,,0,0,0"
                + "\n0,0,http://shop/,503,,turret,,false,HTTP 503,0,0,0,0,http://shop/,0,0,0\n");
  }

  @Test
  void write_keepsEachMeasurementInARow() throws Exception {
    try (JtlResults jtl = JtlResults.open(file())) {
      for (String text : HostileTexts.HARMLESS) jtl.write(measurement(text, 1, text), 0);
      for (String text : HostileTexts.HARMFUL) jtl.write(measurement(text, 1, text), 0);
    }

    Python.run(
        """
        import csv, sys
        with open(sys.argv[1], newline='', encoding='utf-8') as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == %d, rows
        assert all(row['label'] == row['failureMessage'] and row['Connect'] == '0' for row in rows)
        """
            .formatted(HostileTexts.HARMLESS.size() + HostileTexts.HARMFUL.size()),
        file());
  }
}
