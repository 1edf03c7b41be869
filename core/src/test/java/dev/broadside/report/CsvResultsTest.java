package dev.broadside.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.broadside.metrics.Measurement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvResultsTest {
  private static final String HEADER =
      "elapsed time;epoch (in seconds);turret name;transaction time;error";

  /** Prints the rows that Python reads, with its defaults, as JSON. */
  private static final String READ =
      """
      import csv, json, sys
      with open(sys.argv[1], newline='', encoding='utf-8') as file:
          rows = list(csv.DictReader(file, delimiter=';'))
      with open(sys.argv[2], 'w') as file:
          json.dump(rows, file)
      """;

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("results.csv");
  }

  private static Measurement measurement(
      String name, long nanos, @Nullable String error, Map<String, Long> timers) {
    return new Measurement(name, name, 0, nanos, error, timers);
  }

  @Test
  void write_isInTheFormatOfTheOriginal() throws Exception {
    try (CsvResults csv = CsvResults.open(file(), List.of("search", "a timer"))) {
      Map<String, Long> timers = Map.of("a timer", 500_100_374L);
      csv.write(measurement("navigation", 500_154_972, null, timers), 0.5017519, 1795290242.0);
      csv.write(measurement("navigation", 2_000_000_000, "HTTP 500", Map.of()), 2.25, 1795290244.5);
    }

    assertThat(Files.readString(file()))
        .isEqualTo(
            HEADER
                + ";search;a timer\r\n"
                + "0.501752;1795290242;navigation;0.500154972;;;0.500100374\r\n"
                + "2.25;1795290244.5;navigation;2;HTTP 500;;\r\n");
  }

  @Test
  void open_givesEachTimerAColumnOfItsOwn() throws Exception {
    List<String> timers = List.of("error", "error (timer)", "turret name", "epoch");
    try (CsvResults csv = CsvResults.open(file(), timers)) {
      csv.write(measurement("t", 1, "failed", Map.of("error", 7_000_000_000L)), 0, 0);
    }

    Map<String, String> row = readByPython().get(0);
    assertThat(row)
        .containsOnlyKeys(
            "elapsed time",
            "epoch (in seconds)",
            "turret name",
            "transaction time",
            "error",
            "error (timer) (timer)",
            "error (timer)",
            "turret name (timer)",
            "epoch")
        .containsEntry("error", "failed")
        .containsEntry("error (timer) (timer)", "7");
  }

  @Test
  void python_readsWhatWasWritten() throws Exception {
    List<String> texts = HostileTexts.HARMLESS;
    Map<String, Long> timers = new LinkedHashMap<>();
    texts.forEach(text -> timers.put(text, 1L));
    try (CsvResults csv = CsvResults.open(file(), timers.keySet())) {
      for (String text : texts) csv.write(measurement(text, 1, text, timers), 0, 0);
    }

    List<Map<String, String>> rows = readByPython();
    assertThat(rows).extracting(row -> row.get("turret name")).isEqualTo(texts);
    assertThat(rows).extracting(row -> row.get("error")).isEqualTo(texts);
    assertThat(rows.get(0)).hasSize(5 + texts.size()).containsKeys(texts.toArray(new String[0]));
  }

  @Test
  void python_readsWhatNoFileCanHold() throws Exception {
    List<String> texts = new ArrayList<>(HostileTexts.HARMFUL);
    texts.add("x".repeat(131_072));
    texts.add("x".repeat(1_000_000));
    try (CsvResults csv = CsvResults.open(file(), List.of())) {
      for (String text : texts) csv.write(measurement("t", 1, text, Map.of()), 0, 0);
    }

    assertThat(readByPython())
        .extracting(row -> row.get("error"))
        .containsExactly(
            "a\ufffdb",
            "a\ufffdb",
            "\ufffd\ufffd",
            "bell \u0007 escape \u001b",
            "\uffff\ufffe",
            "x".repeat(131_072),
            "x".repeat(131_071) + "…");
  }

  @SuppressWarnings("unchecked")
  private List<Map<String, String>> readByPython() throws Exception {
    Path json = folder.resolve("rows.json");
    Python.run(READ, file(), json);
    return new ObjectMapper().readValue(json.toFile(), List.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0000004, 0",
    "-0.25, -0.25",
    "12.000001, 12.000001",
    "1795290242.123456, 1795290242.123456",
    "1795290242123, 1.795290242123E12",
    "1e300, 1.0E300",
    "NaN, NaN",
    "-Infinity, -Infinity"
  })
  void write_keepsOddTimes(double epoch, String written) throws Exception {
    try (CsvResults csv = CsvResults.open(file(), List.of())) {
      csv.write(measurement("t", 1, null, Map.of()), -1.5, epoch);
    }

    assertThat(Files.readAllLines(file())).last().isEqualTo("-1.5;" + written + ";t;0.000000001;");
  }

  @Test
  void write_refusesTimersThatWereNotNamed() throws Exception {
    try (CsvResults csv = CsvResults.open(file(), List.of("a"))) {
      Measurement more = measurement("t", 1, null, Map.of("a", 1L, "b", 2L));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> csv.write(more, 0, 0))
          .withMessage("timers that were not named at first: [b]");
      csv.write(measurement("t", 1, null, Map.of()), 0, 0);
    }

    assertThat(Files.readAllLines(file())).containsExactly(HEADER + ";a", "0;0;t;0.000000001;;");
  }

  @Test
  void open_takesAnotherDelimiter() throws Exception {
    try (CsvResults csv = CsvResults.open(file(), List.of("a,b"), ',')) {
      csv.write(measurement("x;y", 1, null, Map.of()), 0, 0);
    }

    assertThat(Files.readAllLines(file()))
        .containsExactly(HEADER.replace(';', ',') + ",\"a,b\"", "0,0,x;y,0.000000001,,");
  }
}
