package dev.broadside.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;

/** Writes the numbers of a {@link JsonSummary}: exact, or rounded where nobody reads all digits. */
final class JsonNumbers {
  private static final MathContext SIX_DIGITS = new MathContext(6);

  private final JsonGenerator json;

  JsonNumbers(JsonGenerator json) {
    this.json = json;
  }

  void millis(String field, long nanos) throws IOException {
    json.writeFieldName(field);
    exact(BigDecimal.valueOf(nanos, 6));
  }

  void seconds(String field, Duration time) throws IOException {
    json.writeFieldName(field);
    seconds(time);
  }

  void seconds(Duration time) throws IOException {
    exact(BigDecimal.valueOf(time.toNanos(), 9));
  }

  void rounded(double value) throws IOException {
    rounded(BigDecimal.valueOf(value), SIX_DIGITS);
  }

  void millisRounded(Duration time, MathContext digits) throws IOException {
    rounded(BigDecimal.valueOf(time.toNanos(), 6), digits);
  }

  void rounded(BigDecimal value, MathContext digits) throws IOException {
    exact(value.round(digits));
  }

  private void exact(BigDecimal value) throws IOException {
    json.writeNumber(value.stripTrailingZeros().toPlainString());
  }
}
