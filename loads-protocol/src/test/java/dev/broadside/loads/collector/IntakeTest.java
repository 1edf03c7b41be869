package dev.broadside.loads.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.loads.testing.CapturedLog;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntakeTest {
  @Test
  void onMessage_countsWhatItCannotTakeDown_andLogsAFewOnly() {
    Ledgers broken = new Ledgers(10, InstantSource.fixed(Instant.EPOCH), IntakeTest::missing);
    Intake intake = new Intake(broken, report -> {}, hit -> {}, () -> 5);
    try (CapturedLog log = CapturedLog.of(LoadsCollector.class)) {
      byte[] good = OddMessages.GOOD.getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < 50; i++) intake.onMessage(List.of(good));
      assertThat(log.lines()).hasSize(10).allMatch(line -> line.contains("cannot be counted"));
    }
    assertThat(intake.malformed).hasValue(50);
  }

  private static long missing() {
    throw new NoClassDefFoundError("org/HdrHistogram/Histogram");
  }
}
