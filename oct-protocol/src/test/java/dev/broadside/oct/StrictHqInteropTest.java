package dev.broadside.oct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.oct.testing.PythonZmq;
import dev.broadside.users.Transaction;
import java.io.BufferedReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A turret under a headquarters on libzmq that takes nothing which the original would not. */
@Timeout(120)
class StrictHqInteropTest {
  private static final int RUNS = 3;

  /** Says everything that the original would stumble over. */
  private static Transaction nasty() {
    return context -> {
      try (var timer = context.timer("GET /status?a=\"b\"")) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      context.timer("../\ud800 \ud83d\ude00 <b>", () -> {});
      if (context.userNumber() % 2 == 0) {
        throw new IllegalStateException(
            "run " + context.runContext().get("run") + ": status \u0000\n\ud800 ü \ud83d\ude00");
      }
    };
  }

  @Test
  void strictHeadquarters_findsNothingWrongInThreeRunsAndAKill() throws Exception {
    Process hq =
        new ProcessBuilder(PythonZmq.command("strict_hq.py", RUNS, 1))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = hq.inputReader()) {
      String[] ports = output.readLine().split(" ", -1);
      List<TurretRun> runs = new CopyOnWriteArrayList<>();
      List<String> said = fireUnder(ports, runs, output);
      assertThat(said).hasSize(RUNS + 1).endsWith("done");
      assertThat(hq.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(hq.exitValue()).isZero();
      for (int i = 0; i < RUNS; i++) {
        TurretRun run = runs.get(i);
        assertThat(said.get(i))
            .isEqualTo(
                "run %d results %d errors %d",
                run.number(), run.results().produced(), run.failures());
        assertThat(run.results().produced()).isEqualTo(run.results().sent());
        assertThat(run.failures()).isPositive();
      }
    } finally {
      hq.destroyForcibly();
    }
  }

  private static List<String> fireUnder(String[] ports, List<TurretRun> runs, BufferedReader output)
      throws Exception {
    List<String> said = new ArrayList<>();
    try (Turret turret =
        Turret.builder(StrictHqInteropTest::nasty)
            .name("navi status / ü \ud800")
            .cannons(4)
            .rampUp(Duration.ofMillis(200))
            .headquarters("127.0.0.1", Integer.parseInt(ports[1]), Integer.parseInt(ports[2]))
            .listener(
                new TurretListener() {
                  @Override
                  public void runEnded(TurretRun run) {
                    runs.add(run);
                  }
                })
            .build()) {
      turret.start();
      for (String line = output.readLine(); line != null; line = output.readLine()) said.add(line);
      assertThat(said).noneMatch(line -> line.startsWith("VIOLATION"));
      turret.awaitEnd();
      assertThat(turret.state()).isEqualTo(TurretState.KILLED);
    }
    return said;
  }
}
