package dev.broadside.oct.live;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.metrics.RunResult;
import dev.broadside.oct.Turret;
import dev.broadside.oct.hq.Headquarters;
import dev.broadside.oct.testing.Await;
import dev.broadside.oct.testing.Chromium;
import dev.broadside.oct.testing.ChromiumPage;
import dev.broadside.report.ReportDetails;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The page as a person sees it, in a real browser. */
@Timeout(180)
class LivePageBrowserTest {
  private static final String ODD_NAME = "<img src=x onerror=console.log(1)> & navigation";

  @TempDir(cleanup = CleanupMode.NEVER) // the browser may still write into it
  Path profile;

  private final Headquarters hq =
      Headquarters.builder()
          .publishPort(0)
          .resultsPort(0)
          .runTime(ofSeconds(100))
          .withoutTurretTimeout()
          .build();

  private Turret turret() {
    return Turret.builder(() -> context -> TimeUnit.MILLISECONDS.sleep(5))
        .name(ODD_NAME)
        .headquarters("127.0.0.1", hq.publishPort(), hq.resultsPort())
        .cannons(3)
        .build();
  }

  private LivePage page() {
    return LivePage.builder(hq).port(0).details(ReportDetails.of("shop")).open();
  }

  @Test
  void page_followsARunAndStopsIt() throws Exception {
    try (hq;
        LivePage page = page();
        Chromium chromium = Chromium.start(profile);
        ChromiumPage tab = chromium.newPage()) {
      hq.start();
      CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(hq::run);
      tab.look(390, 800, false);
      tab.open(URI.create(page.url()));
      awaitText(tab, "#course", "Waiting for turrets 0 of 1 ready");
      assertThat(tab.evaluate("location.href").asText()).doesNotContain("token");
      assertThat(isDisabled(tab, "Stop")).isFalse();
      assertThat(isDisabled(tab, "Kill turrets")).isTrue();

      try (Turret turret = turret()) {
        turret.start();
        awaitText(tab, "#course", "Firing");
        awaitText(tab, "#turrets", ODD_NAME);
        awaitText(tab, "#turrets", "Running");
        int first = awaitMore(tab, 0);
        awaitMore(tab, first);
        assertThat(sidewaysScroll(tab)).isZero();

        click(tab, "Stop");
        RunResult result = run.get(30, TimeUnit.SECONDS);
        awaitText(tab, "#course", "Ended");
        Await.until("the last figures", () -> transactions(tab) == result.all().count());
        page.close();
        awaitText(tab, "#course", "These are its last figures.");
        assertThat(isDisabled(tab, "Kill turrets")).isTrue();
      }
      assertThat(tab.complaints()).isEmpty();
    }
  }

  @Test
  void kill_asksFirst() throws Exception {
    try (hq;
        LivePage page = page();
        Chromium chromium = Chromium.start(profile);
        ChromiumPage tab = chromium.newPage()) {
      hq.start();
      CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(hq::run);
      try (Turret turret = turret()) {
        turret.start();
        tab.open(URI.create(page.url()));
        awaitText(tab, "#course", "Firing");
        click(tab, "Kill turrets");
        click(tab, "Keep them");
        click(tab, "Kill turrets");
        assertThat(turret.awaitEnd(ofSeconds(0))).isFalse();
        click(tab, "Kill them");
        assertThat(turret.awaitEnd(ofSeconds(30))).isTrue();
        awaitText(tab, "#turrets", "Killed");
      }
      hq.endRun();
      run.get(30, TimeUnit.SECONDS);
      assertThat(tab.complaints()).isEmpty();
    }
  }

  @Test
  void order_withoutTokenAsksForIt() throws Exception {
    try (hq;
        LivePage page = page();
        Chromium chromium = Chromium.start(profile);
        ChromiumPage tab = chromium.newPage()) {
      hq.start();
      CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(hq::run);
      tab.open(URI.create(page.url().replaceAll("#.*", "#token=wrong")));
      awaitText(tab, "#course", "Waiting");
      assertThat(isShown(tab, ".token")).isFalse();
      click(tab, "Stop");
      awaitText(tab, ".orders", "needs the token");
      assertThat(isShown(tab, ".token")).isTrue();
      assertThat(run).isNotDone();

      String token = page.url().replaceAll(".*=", "");
      tab.evaluate("document.querySelector('.token input').value = '" + token + "'");
      click(tab, "Stop");
      run.get(30, TimeUnit.SECONDS);
      Await.until("field away", () -> !isShown(tab, ".token"));
    }
  }

  private static void awaitText(ChromiumPage tab, String selector, String text) {
    Await.until(
        text + " in " + selector,
        () ->
            tab.evaluate("document.querySelector('" + selector + "')?.innerText ?? ''")
                .asText()
                .replaceAll("\\s+", " ")
                .contains(text));
  }

  /** What the first tile of the summary counts. */
  private static int transactions(ChromiumPage tab) {
    String shown = tab.evaluate("document.querySelector('.tiles dd')?.textContent ?? '0'").asText();
    return Integer.parseInt(shown.replaceAll("\\D", ""));
  }

  private static int awaitMore(ChromiumPage tab, int than) {
    Await.until("more than " + than, () -> transactions(tab) > than);
    return transactions(tab);
  }

  private static String button(String words) {
    return "[...document.querySelectorAll('button')].find(b => b.textContent === '" + words + "')";
  }

  private static void click(ChromiumPage tab, String words) {
    tab.evaluate(button(words) + ".click()");
  }

  private static boolean isDisabled(ChromiumPage tab, String words) {
    return tab.evaluate(button(words) + ".disabled").asBoolean();
  }

  private static boolean isShown(ChromiumPage tab, String selector) {
    return tab.evaluate("document.querySelector('" + selector + "').checkVisibility()").asBoolean();
  }

  private static int sidewaysScroll(ChromiumPage tab) {
    String root = "document.documentElement";
    return tab.evaluate(root + ".scrollWidth - " + root + ".clientWidth").asInt();
  }
}
