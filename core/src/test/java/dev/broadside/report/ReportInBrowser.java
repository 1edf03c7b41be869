package dev.broadside.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.broadside.metrics.RunResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests that look at reports in a real browser, each on a page of its own. */
abstract class ReportInBrowser {
  static final ObjectMapper JSON = new ObjectMapper();
  static final int DESK = 1280;
  static final int PHONE = 390;

  @TempDir static Path profile;
  @TempDir static Path folder;
  private static Chromium chromium;

  ChromiumPage page;

  @BeforeAll
  static void startBrowser() throws IOException {
    chromium = Chromium.start(profile);
  }

  @AfterAll
  static void endBrowser() throws Exception {
    if (chromium != null) chromium.close();
    chromium = null;
  }

  @BeforeEach
  void openPage() throws Exception {
    page = chromium.newPage();
  }

  @AfterEach
  void closePage() {
    page.close();
  }

  void open(RunResult result) {
    open(result, SampleRun.DETAILS, "");
  }

  void open(RunResult result, ReportDetails details, String hash) {
    try {
      Path file = Files.createTempFile(folder, "results", ".html");
      HtmlReport.write(result, details, file);
      page.open(file.toUri().resolve(file.getFileName() + hash));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Looks at what is opened on a desk and on a phone, in light and in dark. */
  void assertNoFault(Runnable open) {
    for (int width : List.of(DESK, PHONE)) {
      for (boolean dark : List.of(false, true)) {
        page.look(width, 900, dark);
        open.run();

        assertThat(page.complaints()).isEmpty();
        assertThat(page.evaluate("document.documentElement.scrollWidth").intValue())
            .as("width of the page on %d pixels", width)
            .isLessThanOrEqualTo(width);
        assertThat(strings(script("lowContrast.js"))).as("dark: %b", dark).isEmpty();
        assertThat(strings(script("overlappingTicks.js"))).as("on %d pixels", width).isEmpty();
        clickAll("#charts .buttons button");
        assertThat(strings(script("overlappingTicks.js"))).as("the other scale").isEmpty();
      }
    }
  }

  private void clickAll(String selector) {
    page.evaluate(
        "document.querySelectorAll('%s').forEach(e => { if (e.getClientRects().length) e.click() })"
            .formatted(selector));
  }

  String text(String expression) {
    return page.evaluate(expression).textValue();
  }

  List<String> strings(String expression) {
    return List.of(JSON.convertValue(page.evaluate(expression), String[].class));
  }

  /** The expression that finds a chart. */
  static String chart(String id) {
    return "Chart.getChart(document.querySelector(`#" + id + " canvas`))";
  }

  static String script(String name) {
    try (var in = ReportInBrowser.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
