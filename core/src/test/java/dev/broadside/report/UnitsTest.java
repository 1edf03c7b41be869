package dev.broadside.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "7, 7 ns",
    "999, 999 ns",
    "1000, 1.0 µs",
    "9949, 9.9 µs",
    "9950, 10 µs",
    "340000, 340 µs",
    "999499, 999 µs",
    "999500, 1.0 ms",
    "1234567, 1.2 ms",
    "12345678, 12 ms",
    "2100000000, 2.1 s",
    "59000000000, 59 s",
    "3600000000000, 3600 s",
  })
  void time_fitsItsMagnitude(long nanos, String text) {
    assertThat(Units.time(Duration.ofNanos(nanos))).isEqualTo(text);
  }

  @Test
  void count_hasItsDigitsInGroups() {
    assertThat(Units.count(1_234_567)).isEqualTo("1,234,567");
  }

  @ParameterizedTest
  @CsvSource({"0, 0/s", "0.24, 0.2/s", "9.94, 9.9/s", "9.96, 10/s", "123456.7, '123,457/s'"})
  void rate_isInSeconds(double perSecond, String text) {
    assertThat(Units.rate(perSecond)).isEqualTo(text);
  }
}
