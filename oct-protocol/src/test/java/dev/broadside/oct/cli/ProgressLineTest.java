package dev.broadside.oct.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.oct.hq.Progress;
import dev.broadside.oct.hq.Progress.Phase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
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
            "\r\u001b[K1 of 31 s, 1 turret, 1,235 results/s, 1,000 results, 1 error"
                + "\r\u001b[K2 of 31 s, 1 turret, 1,235 results/s, 2,000 results, 2 errors"
                + "\r\u001b[K");
  }

  @Test
  void tell_writesALineEveryFiveSecondsElsewhere() {
    ProgressLine line = new ProgressLine(new PrintWriter(out), false);
    for (int second = 1; second <= 12; second++) line.tell(firing(second));
    line.end();
    assertThat(out.toString().lines().map(text -> text.split(" ")[0]))
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
    return new Progress(
        Phase.FIRING,
        1,
        1,
        Duration.ofSeconds(second),
        Duration.ofMillis(30_500),
        second * 1000L,
        second,
        1234.6);
  }

  private static Progress waiting(int second, int ready) {
    return new Progress(
        Phase.WAITING, ready, 2, Duration.ofSeconds(second), Duration.ofSeconds(30), 0, 0, 0);
  }
}
