package dev.broadside.examples.demo;

import dev.broadside.messaging.Account;
import dev.broadside.metrics.RunResult;
import dev.broadside.oct.Turret;
import dev.broadside.oct.hq.Headquarters;
import dev.broadside.oct.hq.Progress;
import dev.broadside.oct.hq.Progress.Phase;
import dev.broadside.report.ConsoleReport;
import dev.broadside.report.Units;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A whole load test in one process: a turret of 50 cannons fires at a small web shop for ten
 * seconds, ordered about by a headquarters, over TCP on this machine. {@code mvn -P demo} runs it.
 */
public final class Demo {
  /** What the library logs at INFO, the demo tells in its own words. */
  private static final Logger LIBRARY = Logger.getLogger("dev.broadside");

  private Demo() {}

  /** Runs the demo; the one argument, if any, is the folder that gets the results. */
  public static void main(String[] args) throws Exception {
    LIBRARY.setLevel(Level.WARNING);
    ExecutorService httpThreads = Executors.newCachedThreadPool();
    HttpClient http = HttpClient.newBuilder().executor(httpThreads).build();
    try (Shop shop = Shop.open();
        Headquarters hq = headquarters(Path.of(args.length == 0 ? "results" : args[0]))) {
      hq.start();
      System.out.println("Headquarters: " + hq.reach());
      try (Turret turret = turret(shop, http, hq)) {
        turret.start();
        System.out.println("A turret of 50 cannons fires at " + shop.uri() + " for 10 s.");
        RunResult result = hq.run();
        tellEnd(result, turret);
        hq.resultsFolder().ifPresent(Demo::tellReport);
        if (result.all().count() == 0) throw new IllegalStateException("no result has arrived");
      }
    } finally {
      httpThreads.shutdownNow();
    }
  }

  private static Headquarters headquarters(Path results) {
    return Headquarters.builder()
        .publishPort(0)
        .resultsPort(0)
        .runTime(Duration.ofSeconds(10))
        .title("Web shop")
        .resultsFolder(results)
        .onProgress(Demo::tell)
        .build();
  }

  private static Turret turret(Shop shop, HttpClient http, Headquarters hq) {
    return Turret.builder(() -> new Customer(http, shop.uri()))
        .name("customers")
        .headquarters("127.0.0.1", hq.publishPort(), hq.resultsPort())
        .cannons(50)
        .rampUp(Duration.ofSeconds(2))
        .build();
  }

  private static void tell(Progress progress) {
    if (progress.phase() != Phase.FIRING) return;
    System.out.printf(
        Locale.ROOT,
        "%2d of %d s, %2d cannons, %,4.0f transactions/s, p50 %s, p99 %s, %,3d failed%n",
        progress.elapsed().toSeconds(),
        progress.runTime().toSeconds(),
        progress.cannons(),
        progress.recent().rate(),
        Units.time(progress.recent().service().p(50)),
        Units.time(progress.recent().service().p(99)),
        progress.failures());
  }

  private static void tellReport(Path folder) {
    System.out.println("\nReport: " + folder.resolve("results.html"));
  }

  private static void tellEnd(RunResult result, Turret turret) {
    System.out.print("\n" + ConsoleReport.text(result));
    Account account = turret.stats().results();
    System.out.printf(
        Locale.ROOT,
        "%nThe turret produced %,d results: %,d sent, %,d dropped, %,d unsent.%n",
        account.produced(),
        account.sent(),
        account.dropped(),
        account.unsent());
  }
}
