package dev.broadside.oct.cli;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.metrics.Latencies;
import dev.broadside.metrics.Measurement;
import dev.broadside.metrics.RecentFigures;
import dev.broadside.metrics.RunRecorder;
import dev.broadside.oct.hq.Progress;
import dev.broadside.oct.hq.Progress.Phase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private final StringWriter out = new StringWriter();

  @Test
  void tell_rewritesTheLineOnATerminal() {
    ProgressLine line = new ProgressLine(new PrintWriter(out), true);
    line.tell(firing(1));
    line.tell(firing(2));
    line.end();
    assertThat(out.toString())
        .isEqualTo(
            "\r\u001b[K[--------------------] 1/31 s, 1 turret, 50 cannons, 1,235/s, 1 error"
                + "\r\u001b[K[#-------------------] 2/31 s, 1 turret, 50 cannons, 1,235/s, 2 errors"
                + "\r\u001b[K");
  }

  @Test
  void tell_showsThePercentilesOfTheLastInterval() {
    new ProgressLine(new PrintWriter(out), true).tell(firing(15, recent(ofMillis(12))));
    assertThat(out.toString())
        .isEqualTo(
            "\r\u001b[K[###----] 15/31 s, 1 turret, 50 cannons, 1.0/s, p50 12 ms, p99 12 ms,"
                + " 15 errors")
        .hasSizeLessThanOrEqualTo(79 + "\r\u001b[K".length());
  }

  @Test
  void tell_leavesOutTheCommasRatherThanTheBar() {
    Progress progress =
        new Progress(
            Phase.FIRING,
            2,
            2,
            100,
            Duration.ofSeconds(300),
            Duration.ofSeconds(600),
            0,
            3,
            recent(ofMillis(120)));
    new ProgressLine(new PrintWriter(out), true).tell(progress);
    assertThat(out.toString())
        .isEqualTo(
            "\r\u001b[K[####----] 300/600 s 2 turrets 100 cannons 1.0/s p50 120 ms p99 120 ms"
                + " 3 errors");
  }

  @Test
  void tell_isNeverTooLongToBeRewritten() {
    Progress large =
        new Progress(
            Phase.FIRING,
            10_000,
            1,
            1_000_000,
            Duration.ofDays(3),
            Duration.ofDays(3),
            Long.MAX_VALUE,
            1_000_000_000_000L,
            recent(ofMillis(12)));
    new ProgressLine(new PrintWriter(out), true).tell(large);
    assertThat(out.toString()).hasSize(79 + "\r\u001b[K".length()).endsWith("…");
  }

  @Test
  void tell_writesALineEveryFiveSecondsElsewhere() {
    ProgressLine line = new ProgressLine(new PrintWriter(out), false);
    for (int second = 1; second <= 12; second++) line.tell(firing(second));
    line.end();
    assertThat(out.toString().lines().map(text -> text.split("/")[0]))
        .containsExactly("1", "6", "11");
  }

  @Test
  void tell_writesALineWhenATurretComes() {
    ProgressLine line = new ProgressLine(new PrintWriter(out), false);
    for (int second = 1; second <= 9; second++) line.tell(waiting(second, second < 8 ? 0 : 1));
    assertThat(out.toString().lines())
        .containsExactly(
            "waiting for turrets: 0 of 2 ready after 1 s",
            "waiting for turrets: 1 of 2 ready after 8 s");
  }

  private static Progress firing(int second) {
    return firing(second, new RecentFigures(0, 0, 1234.6, Latencies.EMPTY));
  }

  private static Progress firing(int second, RecentFigures recent) {
    return new Progress(
        Phase.FIRING,
        1,
        1,
        50,
        Duration.ofSeconds(second),
        ofMillis(30_500),
        second * 1000L,
        second,
        recent);
  }

  /** One result in a second that took so long. */
  private static RecentFigures recent(Duration service) {
    RunRecorder recorder = RunRecorder.create();
    recorder.record(new Measurement("a", "a", 0, service.toNanos(), null, Map.of()));
    return recorder.recent(Duration.ofSeconds(1));
  }

  private static Progress waiting(int second, int ready) {
    return new Progress(
        Phase.WAITING,
        ready,
        2,
        0,
        Duration.ofSeconds(second),
        Duration.ofSeconds(30),
        0,
        0,
        RecentFigures.NONE);
  }
}
