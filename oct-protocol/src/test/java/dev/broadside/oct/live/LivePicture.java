package dev.broadside.oct.live;

import static java.time.Duration.ofSeconds;

import dev.broadside.oct.Turret;
import dev.broadside.oct.hq.Headquarters;
import dev.broadside.oct.testing.Chromium;
import dev.broadside.oct.testing.ChromiumPage;
import dev.broadside.report.ReportDetails;
import dev.broadside.users.TransactionContext;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Takes the picture of the live page that the README shows, in the middle of a run, and others to
 * look at. No test: it is run by its name, with {@code -Dpictures=FOLDER}.
 */
class LivePicture {
  private static final Duration RUN_TIME = ofSeconds(60);
  private static final Duration MOMENT = ofSeconds(40);

  @TempDir(cleanup = CleanupMode.NEVER) // the browser may still write into it
  Path profile;

  @Test
  void take() throws Exception {
    Path folder =
        Files.createDirectories(Path.of(System.getProperty("pictures", "target/pictures")));
    Headquarters.Builder settings =
        Headquarters.builder().publishPort(0).resultsPort(0).runTime(RUN_TIME).turrets(3);
    try (Headquarters hq = settings.build();
        LivePage page = LivePage.builder(hq).port(0).details(ReportDetails.of("shop")).open();
        Chromium chromium = Chromium.start(profile);
        ChromiumPage tab = chromium.newPage()) {
      hq.start();
      tab.look(1280, 1160, false);
      tab.open(URI.create(page.url()));
      CompletableFuture<?> run = CompletableFuture.runAsync(hq::run);
      List<Turret> turrets =
          Stream.of("navigation", "search", "checkout").map(name -> turret(hq, name)).toList();
      turrets.forEach(Turret::start);
      TimeUnit.NANOSECONDS.sleep(MOMENT.toNanos());
      take(tab, folder);
      hq.endRun();
      run.get();
      turrets.forEach(Turret::close);
    }
  }

  private static void take(ChromiumPage tab, Path folder) throws Exception {
    tab.picture(folder.resolve("live.png"), false);
    tab.picture(folder.resolve("live-whole.png"), true);
    tab.look(1280, 800, true);
    TimeUnit.MILLISECONDS.sleep(500);
    tab.picture(folder.resolve("live-dark.png"), false);
    tab.look(390, 844, false);
    TimeUnit.MILLISECONDS.sleep(1500);
    tab.picture(folder.resolve("live-phone.png"), false);
  }

  private static Turret turret(Headquarters hq, String name) {
    return Turret.builder(() -> LivePicture::visit)
        .name(name)
        .script("test_scripts/" + name + ".java")
        .headquarters("127.0.0.1", hq.publishPort(), hq.resultsPort())
        .cannons(40)
        .rampUp(ofSeconds(20))
        .build();
  }

  private static void visit(TransactionContext context) throws Exception {
    try (var timer = context.timer("page")) {
      pause(12);
    }
    try (var timer = context.timer("pictures")) {
      pause(25);
    }
    if (ThreadLocalRandom.current().nextInt(200) == 0) throw new IllegalStateException("HTTP 503");
  }

  private static void pause(double medianMillis) throws InterruptedException {
    double spread = Math.exp(0.5 * ThreadLocalRandom.current().nextGaussian());
    TimeUnit.MICROSECONDS.sleep(Math.round(1000 * medianMillis * spread));
  }
}
