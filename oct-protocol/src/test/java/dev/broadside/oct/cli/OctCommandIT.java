package dev.broadside.oct.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.metrics.RunResult;
import dev.broadside.oct.hq.Headquarters;
import dev.broadside.oct.hq.TurretInfo;
import dev.broadside.oct.testing.FakeHq;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
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
      hq.awaitLine("p50 "); // results have come
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
  void run_isEndedByTheLivePage() throws Exception {
    shop.make(600);
    try (OctProcess hq = OctProcess.start(folder, "run", "shop", "--web", "0")) {
      String line = hq.awaitLine("Live page: ");
      assertThat(line).endsWith(" (only this machine can reach it)");
      URI page = URI.create(line.split(" ")[2]);
      String token = page.getFragment().replace("token=", "");
      hq.awaitLine("waiting for turrets: 0 of 1");
      assertThat(post(page.resolve("/stop"), "no " + token)).isEqualTo(403);
      assertThat(post(page.resolve("/stop"), token)).isEqualTo(204);

      assertThat(hq.awaitExit()).as(hq.toString()).isEqualTo(1);
      assertThat(hq.out()).contains("No result has arrived.");
      assertThat(hq.err()).isEmpty();
    }
  }

  private static int post(URI uri, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("X-Broadside-Token", token)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }

  @Test
  void turretStart_reportsAbortedWhenTerminated() throws Exception {
    try (Headquarters hq = headquarters()) {
      hq.start();
      try (OctProcess turret = startTurret(hq)) {
        CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(hq::run);
        turret.awaitLine("navigation: fires");
        turret.terminateWithAnEcho();

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
  void turretStart_tellsOnceWhatBecameOfARun() throws Exception {
    Files.writeString(
        folder.resolve("Slow.java"),
        """
        public class Slow implements dev.broadside.users.Transaction {
          @Override
          public void run(dev.broadside.users.TransactionContext context) throws Exception {
            Thread.sleep(200);
          }
        }
        """);
    try (FakeHq hq = FakeHq.onLoopback()) {
      Path config = folder.resolve("turret.json");
      Files.writeString(
          config,
          """
          {"name": "nav", "cannons": 1, "rampup": 0, "script": "Slow.java", "max_users": 1,
           "profile": [{"rate": 100, "hold": 0.5}],
           "hq_address": "127.0.0.1", "hq_publisher": %d, "hq_rc": %d}
          """
              .formatted(hq.publishPort(), hq.resultsPort()));
      try (OctProcess turret =
          OctProcess.start(folder, "turret", "start", "--config-file", config)) {
        hq.awaitStatus("ready");
        hq.start();
        turret.awaitLine("waits for its stop: its profile is over");
        hq.stop();
        hq.awaitStatus("ready");
        hq.command("kill", null);
        assertThat(turret.awaitExit()).as(turret.toString()).isZero();
        assertThat(turret.out()).containsOnlyOnce("results = ").containsOnlyOnce("50 scheduled = ");
        assertThat(turret.err()).singleElement().asString().contains("found all users (1) busy");
      }
    }
  }

  @Test
  void run_failsByAThresholdThatDoesNotHold() throws Exception {
    shop.make(2);
    Path config = folder.resolve("shop/config.json");
    String json = Files.readString(config);
    Files.writeString(
        config,
        json.replaceFirst("\\{", "{\"thresholds\": [\"rate > 1000000/s\", \"errors < 1%\"],"));
    try (OctProcess hq = OctProcess.start(folder, "run", "shop");
        OctProcess turret =
            OctProcess.start(folder, "turret", "start", "--tar", "shop/navigation.tar.gz")) {
      assertThat(hq.awaitExit()).as(hq.toString()).isEqualTo(1);
      assertThat(turret.awaitLine("run 1 stopped")).isNotEmpty();
    }
  }

  @Test
  void run_goesThroughDevices() throws Exception {
    try (OctProcess forwarder = device("forwarder");
        OctProcess streamer = device("streamer")) {
      int[] orders = ports(forwarder.awaitLine("Forwarder: "));
      int[] results = ports(streamer.awaitLine("Streamer: "));
      new ShopProject(folder, orders[1], results[0]).make(2);
      try (OctProcess hq =
              OctProcess.start(
                  folder,
                  "run",
                  "shop",
                  "--orders-forwarder",
                  "127.0.0.1:" + orders[0],
                  "--streamer-address",
                  "127.0.0.1:" + results[1]);
          OctProcess turret =
              OctProcess.start(folder, "turret", "start", "--tar", "shop/navigation.tar.gz")) {
        assertThat(hq.awaitExit()).as(hq.toString()).isZero();
        long received = number("([\\d,]+) transactions", hq.awaitLine("transactions, "));
        assertThat(number("= ([\\d,]+) sent", turret.awaitLine("run 1 stopped")))
            .isEqualTo(received);
      }
      forwarder.interrupt();
      streamer.terminate();
      assertThat(forwarder.awaitExit()).as(forwarder.toString()).isZero();
      assertThat(streamer.awaitExit()).as(streamer.toString()).isZero();
      assertThat(streamer.err()).isEmpty();
    }
  }

  private OctProcess device(String kind) throws IOException {
    return OctProcess.start(folder, "run-device", kind, "-f", 0, "-b", 0);
  }

  /** Those of a device's two endpoints. */
  private static int[] ports(String line) {
    return Pattern.compile("127\\.0\\.0\\.1:(\\d+)")
        .matcher(line)
        .results()
        .mapToInt(result -> Integer.parseInt(result.group(1)))
        .toArray();
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
