package dev.broadside.oct.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.metrics.RunResult;
import dev.broadside.oct.hq.Headquarters;
import dev.broadside.oct.hq.TurretInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The commands as their users run them: {@code java -jar oct.jar}. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals")
class OctCommandIT {
  @TempDir Path folder;

  private ShopProject shop;

  @BeforeEach
  void pickFreePorts() throws IOException {
    shop = ShopProject.onFreePorts(folder);
  }

  @Test
  void run_agreesWithThePackedTurretOnTheCount() throws Exception {
    shop.make(2);
    try (OctProcess hq = OctProcess.start(folder, "run", "shop");
        OctProcess turret =
            OctProcess.start(folder, "turret", "start", "--tar", "shop/navigation.tar.gz")) {
      assertThat(hq.awaitExit()).as(hq.toString()).isZero();
      String account = turret.awaitLine("run 1 stopped");
      turret.terminate();
      assertThat(turret.awaitExit()).as(turret.toString()).isEqualTo(1);

      long received = number("([\\d,]+) transactions", hq.awaitLine("transactions, "));
      assertThat(received).isPositive();
      assertThat(number("= ([\\d,]+) sent", account)).isEqualTo(received);
      assertThat(account).contains("+ 0 dropped + 0 unsent; failures 0");
      assertThat(hq.out()).contains("only this machine", "add to basket", "search");
      assertThat(hq.err()).isEmpty();
    }
  }

  @Test
  void run_namesTheCommandThatStartsATurret() throws Exception {
    shop.make(2);
    try (OctProcess hq = OctProcess.start(folder, "run", "shop")) {
      String line = hq.awaitLine("turret start --tar");
      assertThat(line.strip())
          .startsWith("java -jar ")
          .endsWith("oct.jar turret start --tar shop/navigation.tar.gz");
    }
  }

  @Test
  void run_sumsUpWhenInterrupted() throws Exception {
    shop.make(600);
    try (OctProcess hq = OctProcess.start(folder, "run", "shop");
        OctProcess turret =
            OctProcess.start(folder, "turret", "start", "--tar", "shop/navigation.tar.gz")) {
      hq.awaitLine(" cannons, ");
      hq.interrupt();

      assertThat(hq.awaitExit()).as(hq.toString()).isEqualTo(1);
      assertThat(hq.out()).contains("The run was broken off.", "transactions, 0 failed", "search");
      assertThat(turret.awaitLine("run 1 stopped")).contains("0 dropped + 0 unsent");
    }
  }

  @Test
  void run_endsAtOnceWhenInterruptedWhileItWaits() throws Exception {
    shop.make(600);
    try (OctProcess hq = OctProcess.start(folder, "run", "shop")) {
      hq.awaitLine("waiting for turrets: 0 of 1");
      hq.interrupt();

      assertThat(hq.awaitExit()).as(hq.toString()).isEqualTo(1);
      assertThat(hq.out()).contains("The run was broken off.", "No result has arrived.");
    }
  }

  @Test
  void turretStart_reportsAbortedWhenTerminated() throws Exception {
    try (Headquarters hq = headquarters()) {
      hq.start();
      try (OctProcess turret = startTurret(hq)) {
        CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(hq::run);
        turret.awaitLine("navigation: fires");
        turret.terminate();

        assertThat(turret.awaitExit()).as(turret.toString()).isEqualTo(1);
        hq.endRun();
        RunResult result = run.get(60, SECONDS);
        assertThat(hq.turrets()).extracting(TurretInfo::status).containsExactly("Aborted");
        long sent = number("= ([\\d,]+) sent", turret.awaitLine("run 1 closed"));
        assertThat(result.all().count()).isEqualTo(sent);
      }
    }
  }

  @Test
  void turretStart_isDoneWhenKilledByTheHeadquarters() throws Exception {
    try (Headquarters hq = headquarters()) {
      hq.start();
      try (OctProcess turret = startTurret(hq)) {
        CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(hq::run);
        turret.awaitLine("navigation: fires");
        hq.orders().kill();

        assertThat(turret.awaitExit()).as(turret.toString()).isZero();
        assertThat(turret.out()).contains("run 1 killed", "killed by the headquarters");
        hq.endRun();
        run.get(60, SECONDS);
        assertThat(hq.turrets()).extracting(TurretInfo::status).containsExactly("Killed");
      }
    }
  }

  @Test
  void aWrongUse_isOneLineAndExitsWith2() throws Exception {
    try (OctProcess oct = OctProcess.start(folder, "run", "shop", "--fast")) {
      assertThat(oct.awaitExit()).isEqualTo(2);
      assertThat(oct.err()).containsExactly("oct run: unknown option: --fast (see oct run --help)");
      assertThat(oct.out()).isEmpty();
    }
  }

  @Test
  void version_isThatOfTheJar() throws Exception {
    try (OctProcess oct = OctProcess.start(folder, "--version")) {
      assertThat(oct.awaitExit()).isZero();
      assertThat(oct.out()).matches("(?s)Broadside \\d.*Java \\d.*");
    }
  }

  private static Headquarters headquarters() {
    return Headquarters.builder()
        .publishPort(0)
        .resultsPort(0)
        .runTime(Duration.ofMinutes(10))
        .build();
  }

  private OctProcess startTurret(Headquarters hq) throws Exception {
    new ShopProject(folder, hq.publishPort(), hq.resultsPort()).make(600);
    return OctProcess.start(folder, "turret", "start", "--tar", "shop/navigation.tar.gz");
  }

  private static long number(String regex, String line) {
    Matcher matcher = Pattern.compile(regex).matcher(line);
    assertThat(matcher.find()).as("%s in %s", regex, line).isTrue();
    return Long.parseLong(matcher.group(1).replace(",", ""));
  }
}
