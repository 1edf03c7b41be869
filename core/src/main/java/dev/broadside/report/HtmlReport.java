package dev.broadside.report;

import dev.broadside.metrics.RunResult;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A run as one HTML file, which needs nothing but a browser: it holds the document of {@link
 * JsonSummary}, and the style sheet and scripts that draw it. Thread-safe.
 *
 * <p>The scripts define one global, {@code broadside}. Its function {@code
 * broadside.show(document)} draws such a document and may be called again and again, with the same
 * run as it is by then: what the reader has zoomed, sorted, searched or scrolled to stays as it is.
 */
public final class HtmlReport {
  /** In the order in which they need each other. */
  private static final List<String> SCRIPTS =
      List.of(
          "chart.js/chart.umd.min.js",
          "chartjs-plugin-zoom/chartjs-plugin-zoom.min.js",
          "dom.js",
          "units.js",
          "theme.js",
          "axes.js",
          "plot.js",
          "curves.js",
          "chooser.js",
          "charts.js",
          "table.js",
          "figures.js",
          "schedule.js",
          "summary.js",
          "notes.js",
          "errors.js",
          "details.js",
          "contents.js",
          "show.js");

  private static final String SHOW =
      "broadside.show(JSON.parse(document.getElementById(\"run\").textContent));";

  private HtmlReport() {}

  /** Writes the report, called by the transactions of the run. */
  public static void write(RunResult result, Path file) throws IOException {
    write(result, ReportDetails.of(result), file);
  }

  /**
   * Writes the report.
   *
   * @throws IOException if that fails, or if the configuration of the details is no JSON
   */
  public static void write(RunResult result, ReportDetails details, Path file) throws IOException {
    String run = insideScript(JsonSummary.text(result, details));
    String data = "<script id=\"run\" type=\"application/json\">" + run + "</script>\n";
    String page = page("", data + script(SHOW));
    Files.write(file, page.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The page of a report without a run, for one that is told its run again and again. The script
   * can call {@code broadside.show(document)}, with what {@link JsonSummary#brief} gives or the
   * whole document, and put what else there is to see into the element {@code #live}, which is
   * empty and stands above all other sections. It may talk to the server the page came from, and to
   * none else.
   *
   * @param style a style sheet, which comes after the page's own; the page's colours are variables
   *     such as {@code --text}, {@code --muted}, {@code --rule}, {@code --ok} and {@code --bad}
   * @param script a script, which is run when the page is there
   */
  public static String livePage(String style, String script) {
    return page(style(style), script(script));
  }

  private static String page(String head, String end) {
    String styles = style(asset("report.css")) + head;
    String scripts =
        SCRIPTS.stream().map(name -> script(asset(name))).collect(Collectors.joining());
    return asset("report.html")
        .replace("<!-- styles -->", styles)
        .replace("<!-- scripts -->", scripts + end);
  }

  /** JSON that cannot end the element it stands in: in JSON, {@code <} occurs in texts alone. */
  private static String insideScript(String json) {
    return json.replace("<", "\\u003c");
  }

  private static String style(String text) {
    return "<style>\n" + text + "</style>\n";
  }

  private static String script(String text) {
    return "<script>\n" + withoutSourceMap(text) + "\n</script>\n";
  }

  /** A browser whose tools are open would look for the map, and complain. */
  private static String withoutSourceMap(String script) {
    return script.replaceFirst("\n//# sourceMappingURL=.*\\s*$", "");
  }

  private static String asset(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      if (in == null) throw new FileNotFoundException(name + ", beside " + HtmlReport.class);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
