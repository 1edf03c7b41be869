package dev.broadside.loads;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.broadside.loads.testing.StrictReceiver;
import dev.broadside.loads.testing.StrictReceiver.Verdict;
import dev.broadside.loads.testing.Transport;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever texts and exceptions users bring, the strict receiver takes what is sent of them. */
@Timeout(120)
class ReporterTextsTest {
  private static final Instant STARTED = Instant.parse("2026-11-21T20:49:33Z");

  @TempDir Path folder;

  private static LoadsReporter reporterTo(StrictReceiver receiver) {
    return LoadsReporter.builder(LoadsEnvironment.from(receiver.environment(1)))
        .stay(Duration.ZERO)
        .open();
  }

  static Stream<String> texts() {
    return Stream.of(
        "",
        "Größe € 日本語 \ud83d\ude00",
        "\u0000\u0001\b\t\n\r\u001b\u007f\u0085\u2028",
        "\ud800 alone, \udc00 reversed \ude00\ud83d",
        "\"quoted\" \\ \\u0041 </script> %s {} ${x}",
        "batch data_type \"counts\"",
        "x".repeat(1_000_000),
        "ü".repeat(500_000));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void anyText_arrivesAsAscii(String text) {
    try (StrictReceiver receiver = StrictReceiver.onTcp();
        LoadsReporter reporter = reporterTo(receiver)) {
      reporter.startTest(text);
      reporter.incrCounter(text, text);
      reporter.addError(text, new IllegalStateException(text, new Exception(text)));
      reporter.addHit(new Hit("http://a/" + text, text, 200, STARTED, Duration.ZERO));
      Verdict verdict = receiver.awaitMessages(4);
      assertThat(verdict.violations()).isEmpty();
      assertThat(verdict.messages()).isEqualTo(4);
      if (text.length() < 1000 && text.chars().allMatch(c -> c < 0x80)) {
        assertThat(verdict.tests()).containsExactly(text);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void textsOfMegabytes_arriveWhole(Transport transport) {
    String megabyte = "0123456789abcde\n".repeat(1 << 16);
    try (StrictReceiver receiver = transport.receiver(folder);
        LoadsReporter reporter = reporterTo(receiver)) {
      for (int i = 0; i < 5; i++) reporter.addError("a.test", new AssertionError(megabyte));
      Verdict verdict = receiver.awaitMessages(5);
      assertThat(verdict.violations()).isEmpty();
      assertThat(verdict.count("addError")).isEqualTo(5);
      JsonNode excInfo = receiver.frames().get(0).get("exc_info");
      assertThat(excInfo.get(1).textValue()).isEqualTo(megabyte);
    }
  }

  @Test
  void urls_arePercentEncodedOnceAndLeftAloneWhereTheyAre() {
    try (StrictReceiver receiver = StrictReceiver.onTcp();
        LoadsReporter reporter = reporterTo(receiver)) {
      hit(reporter, "http://a/ü?q=a b&c=\"d\"");
      hit(reporter, "http://a/%C3%BC?q=a%20b#part");
      hit(reporter, "http://a/100%");
      hit(reporter, "http://a/%zz%4");
      hit(reporter, "http://a/\ud800!");
      hit(reporter, "http://[::1]:80/{x}|y`\\^<>");
      hit(reporter, "");
      Verdict verdict = receiver.awaitMessages(7);
      assertThat(verdict.violations()).isEmpty();
      assertThat(receiver.frames())
          .extracting(frame -> frame.get("url").textValue())
          .containsExactly(
              "http://a/%C3%BC?q=a%20b&c=%22d%22",
              "http://a/%C3%BC?q=a%20b#part",
              "http://a/100%25",
              "http://a/%25zz%254",
              "http://a/%EF%BF%BD!",
              "http://[::1]:80/%7Bx%7D%7Cy%60%5C%5E%3C%3E",
              "");
    }
  }

  private static void hit(LoadsReporter reporter, String url) {
    reporter.addHit(new Hit(url, "GET", 200, STARTED, Duration.ZERO));
  }

  @Test
  void numbersAtTheirBounds_areTaken() {
    try (StrictReceiver receiver = StrictReceiver.onTcp();
        LoadsReporter reporter = reporterTo(receiver)) {
      Duration longest = Duration.ofNanos(Long.MAX_VALUE);
      reporter.addHit(new Hit("u", "GET", Integer.MAX_VALUE, STARTED, longest));
      reporter.addHit(new Hit("u", "GET", 0, Instant.EPOCH, Duration.ofNanos(1)));
      reporter.addHit(new Hit("u", "GET", -1, STARTED.plusNanos(999_999_999), Duration.ZERO));
      reporter.socketMessage(0);
      reporter.socketMessage(999_999_999_999_999L);
      Verdict verdict = receiver.awaitMessages(5);
      assertThat(verdict.violations()).isEmpty();
      List<JsonNode> frames = receiver.frames();
      assertThat(frames.get(1).get("elapsed").decimalValue()).isEqualByComparingTo("1e-9");
      assertThat(frames.get(2).get("started").textValue()).endsWith("33.999999");
    }
  }

  /** Throws from every method that a report might call. */
  private static final class Hostile extends RuntimeException {
    private static final long serialVersionUID = 1;

    @Override
    public String getMessage() {
      throw new IllegalStateException("no message");
    }

    @Override
    public String getLocalizedMessage() {
      throw new StackOverflowError();
    }

    @Override
    public String toString() {
      throw new IllegalStateException("no text");
    }

    @Override
    public synchronized Throwable getCause() {
      throw new IllegalStateException("no cause");
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      throw new IllegalStateException("no trace");
    }

    @Override
    public void printStackTrace(PrintStream stream) {
      throw new IllegalStateException("no print");
    }

    @Override
    public void printStackTrace(PrintWriter writer) {
      throw new IllegalStateException("no print");
    }
  }

  private static final class NullText extends RuntimeException {
    private static final long serialVersionUID = 1;

    NullText() {
      super(null, null, false, false);
    }

    @Override
    @SuppressWarnings("NullAway")
    public String toString() {
      return null;
    }
  }

  static Stream<Throwable> oddExceptions() {
    Exception nested = new Exception("root");
    for (int i = 0; i < 50; i++) nested = new RuntimeException("level " + i, nested);
    Exception circle = new Exception("one");
    circle.initCause(new Exception("two", circle));
    Exception suppressing = new Exception("outer");
    suppressing.addSuppressed(new Hostile());
    return Stream.of(
        new Hostile(),
        new NullText(),
        new Exception((String) null),
        new Exception(""),
        new Exception("caused", new Hostile()),
        nested,
        circle,
        suppressing,
        new AssertionError(null),
        new StackOverflowError(),
        new Exception("anonymous") {
          private static final long serialVersionUID = 1;
        });
  }

  @Test
  void anyException_isReported() {
    List<Throwable> exceptions = oddExceptions().toList();
    try (StrictReceiver receiver = StrictReceiver.onTcp();
        LoadsReporter reporter = reporterTo(receiver)) {
      for (Throwable exception : exceptions) {
        reporter.addFailure("a.test", exception);
        reporter.addError("a.test", exception);
      }
      Verdict verdict = receiver.awaitMessages(2L * exceptions.size());
      assertThat(verdict.violations()).isEmpty();
      assertThat(verdict.messages()).isEqualTo(2L * exceptions.size());
      List<JsonNode> frames = receiver.frames();
      for (int i = 0; i < exceptions.size(); i++) {
        JsonNode excInfo = frames.get(2 * i).get("exc_info");
        String name = exceptions.get(i).getClass().getName();
        assertThat(excInfo.get(0).textValue()).isEqualTo(name);
        assertThat(excInfo.get(2).textValue()).startsWith("\n");
      }
      assertThat(frames.get(10).at("/exc_info/2").textValue()).contains("level 0", "root");
    }
  }
}
