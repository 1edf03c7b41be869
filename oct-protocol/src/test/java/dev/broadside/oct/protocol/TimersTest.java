package dev.broadside.oct.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The timers of a database's row: written by hand, read by Jackson. */
class TimersTest {
  private final TimersWriter writer = new TimersWriter();

  @Test
  void json_isSecondsByName() {
    Map<String, Long> timers = new LinkedHashMap<>();
    timers.put("a timer", 500_100_374L);
    timers.put("\"é/\n", 12_000_000_000L);
    assertThat(writer.json(timers))
        .isEqualTo("{\"a timer\":0.500100374,\"\\\"\\u00e9/\\u000a\":12.000000000}");
    assertThat(writer.json(Map.of())).isEqualTo("{}");
  }

  @Test
  void read_givesBackEveryNanosecond() {
    Random random = new Random(5);
    for (int i = 0; i < 10_000; i++) {
      long nanos = random.nextLong(1L << random.nextInt(1, 52)); // up to 26 days
      assertThat(TimersReader.read(writer.json(Map.of("t", nanos)))).isEqualTo(Map.of("t", nanos));
    }
  }

  @Test
  void read_takesTwoThousandTimers() {
    Map<String, Long> timers = new LinkedHashMap<>();
    for (int i = 0; i < 2_000; i++) timers.put("timer " + i, (long) i);
    assertThat(TimersReader.read(writer.json(timers))).isEqualTo(timers);
  }

  @Test
  void read_takesWhatPythonWrites() {
    assertThat(TimersReader.read("{\"a\": 0.5001003742218018, \"b\": 1e-05, \"c\": 3, \"d\": -1}"))
        .isEqualTo(Map.of("a", 500_100_374L, "b", 10_000L, "c", 3_000_000_000L, "d", 0L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "1",
        "{",
        "{\"a\": 1",
        "{\"a\": NaN}",
        "{\"a\": Infinity}",
        "{\"a\": 1e400}",
        "{\"a\": \"1\"}",
        "{\"a\": null}",
        "{\"a\": {}}",
        "{\"a\": 1e10}",
        "{} {}",
        "{\"a\": 1}x",
        "{'a': 1}"
      })
  void read_refusesWhatIsBroken(String json) {
    assertThat(TimersReader.read(json)).isNull();
  }

  @Test
  void read_refusesNothing() {
    assertThat(TimersReader.read(null)).isNull();
  }
}
