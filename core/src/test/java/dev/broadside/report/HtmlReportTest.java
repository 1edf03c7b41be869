package dev.broadside.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.metrics.Measurement;
import dev.broadside.metrics.RunRecorder;
import dev.broadside.metrics.RunResult;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
  private static final Pattern DATA =
      Pattern.compile("<script id=\"run\" type=\"application/json\">([^<]*)</script>");

  @TempDir Path folder;

  private String written(RunRecorder recorder) throws IOException {
    Path file = folder.resolve("results.html");
    HtmlReport.write(
        recorder.result(SampleRun.STARTED, Duration.ofSeconds(1), Map.of()),
        SampleRun.DETAILS,
        file);
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  @Test
  void write_needsNothingElse() throws IOException {
    String html = written(RunRecorder.create());

    assertThat(html).doesNotContain("sourceMappingURL", "<!-- styles", "<!-- scripts", "src=");
    assertThat(html).doesNotContainPattern("<link(?! rel=\"icon\" href=\"data:,\")");
    assertThat(html).contains("Chart.js v", "chartjs-plugin-zoom v").contains("MIT License");
  }

  @Test
  void write_embedsWhatJsonSummaryWrites() throws IOException {
    String name = "</script><!-- <script> \u2028 \ud83d";
    RunRecorder recorder = RunRecorder.create();
    recorder.record(new Measurement(name, name, 0, 1, name, Map.of(name, 1L)));

    Matcher data = DATA.matcher(written(recorder));

    assertThat(data.find()).isTrue();
    assertThat(data.group(1)).contains("\\u003c/script>");
    assertThat(data.group(1).replace("\\u003c", "<"))
        .isEqualTo(
            JsonSummary.text(
                    recorder.result(SampleRun.STARTED, Duration.ofSeconds(1), Map.of()),
                    SampleRun.DETAILS)
                .replace('\ud83d', '?'));
  }

  @Test
  void write_needsNoDetails() throws IOException {
    Path file = folder.resolve("results.html");
    RunRecorder recorder = RunRecorder.create();
    assertThat(titleOf(recorder, file)).isEqualTo("Load test");
    for (String label : List.of("a", "b", "c")) record(recorder, label);
    assertThat(titleOf(recorder, file)).isEqualTo("a, b, c");
    record(recorder, "d");
    assertThat(titleOf(recorder, file)).isEqualTo("a, b, c, …");
  }

  private static void record(RunRecorder recorder, String label) {
    recorder.record(new Measurement(label, "", 0, 1, null, Map.of()));
  }

  private static String titleOf(RunRecorder recorder, Path file) throws IOException {
    HtmlReport.write(recorder.result(SampleRun.STARTED, Duration.ofSeconds(1), Map.of()), file);
    Matcher data = DATA.matcher(Files.readString(file));
    assertThat(data.find()).isTrue();
    return data.group(1).replaceAll(".*\"title\":\"([^\"]*)\".*", "$1");
  }

  @Test
  void write_ofTwoHundredLabelsIsQuickAndSmall() throws IOException {
    RunResult result = SampleRun.ofManyLabels(200);
    Path file = folder.resolve("many.html");
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();

    HtmlReport.write(result, SampleRun.DETAILS, file);

    assertThat(threads.getCurrentThreadCpuTime() - before)
        .isLessThan(Duration.ofSeconds(5).toNanos());
    assertThat(Files.size(file)).isLessThan(2_000_000);
  }

  @Test
  void livePage_hasNoRunButWhatItsServerAdds() {
    String html = HtmlReport.livePage("#live { color: red }", "let live = broadside;");

    assertThat(html).contains("#live { color: red }").contains("let live = broadside;");
    assertThat(DATA.matcher(html).find()).isFalse();
  }
}
