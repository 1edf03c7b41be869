package dev.broadside.loads.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.loads.collector.FleetProgress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FleetProgressLineTest {
  private final StringWriter out = new StringWriter();

  @Test
  void tell_rewritesTheLineOnATerminal() {
    FleetProgressLine line = new FleetProgressLine(new PrintWriter(out), true);
    line.tell(progress(1, 1));
    line.tell(progress(1, 2));
    line.end();
    assertThat(out.toString())
        .isEqualTo(
            "\r\u001b[Kstep 1 of 2: 3 of 10 users, 1 of 12 s, 1,234 hits, 1 failure, 0 errors"
                + "\r\u001b[Kstep 1 of 2: 3 of 10 users, 2 of 12 s, 1,234 hits, 1 failure, 0 errors"
                + "\r\u001b[K");
  }

  @Test
  void tell_writesSomeLinesElsewhere() {
    FleetProgressLine line = new FleetProgressLine(new PrintWriter(out), false);
    for (int second = 1; second <= 7; second++) line.tell(progress(1, second));
    line.tell(progress(2, 1));
    line.end();
    assertThat(out.toString().lines())
        .extracting(text -> text.replaceAll("^(step . of 2).*, (. of 12 s).*", "$1, $2"))
        .containsExactly(
            "step 1 of 2, 1 of 12 s", "step 1 of 2, 6 of 12 s", "step 2 of 2, 1 of 12 s");
  }

  private static FleetProgress progress(int step, int second) {
    return new FleetProgress(
        step, 2, 3, 10, Duration.ofSeconds(second), Duration.ofSeconds(12), 1234, 5, 1, 0);
  }
}
