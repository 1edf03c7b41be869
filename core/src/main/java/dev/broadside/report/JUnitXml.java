package dev.broadside.report;

import dev.broadside.metrics.RunError;
import dev.broadside.metrics.RunNote;
import dev.broadside.metrics.RunResult;
import dev.broadside.metrics.Starts;
import dev.broadside.metrics.Summary;
import dev.broadside.metrics.Threshold;
import dev.broadside.metrics.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Writes a run as a test suite in the XML of JUnit, as Surefire has it, for build servers: a test
 * case for each threshold, and one for each transaction, which fails when any of its iterations
 * has. So errors fail a build even where no threshold asks for them. A threshold on errors takes
 * that over, for the transaction that it names or else for all: their cases pass, and only say how
 * many have failed. A note by which the run has failed is a failing case of its own.
 *
 * <p>The suite's time is the run's, that of a transaction's case the mean of its successes.
 * Characters that XML forbids become U+FFFD.
 */
public final class JUnitXml {
  private static final int MAX_ERRORS = 5;

  private final RunResult result;
  private final String title;
  private final List<Threshold> thresholds;
  private final List<RunNote> failingNotes;
  private final StringBuilder xml = new StringBuilder();

  private JUnitXml(RunResult result, String title) {
    this.result = result;
    this.title = title;
    this.thresholds = result.verdicts().stream().flatMap(JUnitXml::thresholdOf).toList();
    this.failingNotes = result.notes().stream().filter(RunNote::failure).toList();
  }

  /** None where a verdict is on something else, such as tests of Loads. */
  private static Stream<Threshold> thresholdOf(Verdict verdict) {
    try {
      return Stream.of(Threshold.parse(verdict.threshold()));
    } catch (IllegalArgumentException e) {
      return Stream.empty();
    }
  }

  /** Writes the suite, called by the transactions of the run. */
  public static void write(RunResult result, Path file) throws IOException {
    write(result, ReportDetails.of(result), file);
  }

  /** Writes the suite, called by the title of the details. */
  public static void write(RunResult result, ReportDetails details, Path file) throws IOException {
    Files.writeString(file, text(result, details));
  }

  static String text(RunResult result, ReportDetails details) {
    return new JUnitXml(result, details.title()).suite();
  }

  private String suite() {
    xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite");
    attribute("name", title);
    attribute("time", seconds(result.duration()));
    attribute(
        "tests", result.verdicts().size() + failingNotes.size() + result.transactions().size());
    attribute("errors", 0);
    attribute("skipped", 0);
    attribute("failures", failures());
    xml.append(">\n  <properties>");
    properties();
    xml.append("</properties>\n");
    result.verdicts().forEach(this::threshold);
    failingNotes.forEach(this::note);
    result.transactions().values().forEach(this::transaction);
    return xml.append("</testsuite>\n").toString();
  }

  private void properties() {
    property("started", result.started());
    Starts starts = result.all().starts();
    if (starts.scheduled() > 0) property("starts", ScheduleWords.starts(starts));
    result.seeds().forEach((name, seed) -> property("seed " + name, seed));
    result.notes().stream()
        .filter(note -> !note.failure())
        .forEach(note -> property("note", note.text()));
  }

  private void property(String name, Object value) {
    xml.append("<property");
    attribute("name", name);
    attribute("value", value);
    xml.append("/>");
  }

  private long failures() {
    long thresholds = result.verdicts().stream().filter(verdict -> !verdict.passed()).count();
    return thresholds
        + failingNotes.size()
        + result.transactions().values().stream().filter(this::fails).count();
  }

  private boolean fails(Summary transaction) {
    return transaction.failures() > 0
        && thresholds.stream().noneMatch(each -> each.limitsErrorsOf(transaction.name()));
  }

  private void threshold(Verdict verdict) {
    begin("thresholds", verdict.threshold(), Duration.ZERO);
    String fault = "does not hold: " + verdict.measured();
    if (!verdict.passed()) failure("threshold", fault, verdict.threshold() + " " + fault);
    end();
  }

  private void note(RunNote note) {
    begin("notes", note.text(), Duration.ZERO);
    failure("note", note.text(), note.text());
    end();
  }

  private void transaction(Summary transaction) {
    begin("transactions", transaction.name(), transaction.service().mean());
    String failed = failed(transaction);
    if (fails(transaction)) failure("errors", failed, failed + mostFrequentErrors());
    else if (transaction.failures() > 0) output(failed);
    end();
  }

  private static String failed(Summary transaction) {
    return String.format(
        "%s of %s failed (%s)",
        Units.count(transaction.failures()),
        Units.count(transaction.count()),
        Units.share(transaction.failures(), transaction.count()));
  }

  private String mostFrequentErrors() {
    boolean alone = result.transactions().size() == 1;
    StringBuilder errors = new StringBuilder("\nThe most frequent errors");
    errors.append(alone ? ":" : " of all transactions:");
    for (RunError error : result.errors().stream().limit(MAX_ERRORS).toList()) {
      errors.append('\n').append(Units.count(error.count())).append(" × ").append(error.text());
    }
    return errors.toString();
  }

  private void begin(String kind, String name, Duration time) {
    xml.append("  <testcase");
    attribute("name", name);
    attribute("classname", title + "." + kind);
    attribute("time", seconds(time));
    xml.append('>');
  }

  private void end() {
    xml.append("</testcase>\n");
  }

  private void failure(String type, String message, String text) {
    xml.append("\n    <failure");
    attribute("message", message);
    attribute("type", type);
    xml.append('>').append(XmlText.of(text)).append("</failure>\n  ");
  }

  private void output(String text) {
    xml.append("\n    <system-out>").append(XmlText.of(text)).append("</system-out>\n  ");
  }

  private void attribute(String name, Object value) {
    xml.append(' ').append(name).append("=\"").append(XmlText.of(value.toString())).append('"');
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e9);
  }
}
