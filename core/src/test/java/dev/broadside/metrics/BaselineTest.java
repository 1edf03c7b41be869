package dev.broadside.metrics;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaselineTest {
  private @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("kept/checkout.json");
  }

  private static RunResult scheduledRun() {
    return new SteadyRun().late(ofMillis(3)).with("login", ofMillis(10)).result();
  }

  /** What a baseline keeps of one label, or of all, in its first run, in words. */
  private static String kept(SlicedLatencies latencies) {
    return latencies.whole().latencies()
        + ", mean "
        + latencies.whole().latencies().mean()
        + " of "
        + latencies.slices().stream().map(slice -> slice.latencies().toString()).toList();
  }

  @Test
  void load_tellsOfNestingThatNobodyReads() throws Exception {
    write("[".repeat(100_000));
    assertFault("");
  }

  @Test
  void save_keepsEachRunWithItsSlices() throws Exception {
    Baseline written = Baseline.of(scheduledRun()).plus(SteadyRun.ofLogins(ofMillis(20)));
    written.save(file);

    Baseline read = Baseline.load(file);
    assertThat(read.size()).isEqualTo(2);
    for (int i = 0; i < 2; i++) {
      BaselineRun before = written.runs().get(i);
      BaselineRun after = read.runs().get(i);
      assertThat(after.started()).isEqualTo(before.started());
      assertThat(after.duration()).isEqualTo(ofSeconds(10));
      assertThat(after.labels()).containsExactly("login", "pay");
      for (String label : Arrays.asList(null, "login", "pay")) {
        assertThat(kept(after.find(label).service())).isEqualTo(kept(before.find(label).service()));
      }
    }
    assertThat(kept(read.runs().get(0).all().response()))
        .isEqualTo(kept(written.runs().get(0).all().response()));
    assertThat(read.runs().get(1).all().response()).as("no schedule").isNull();
  }

  @Test
  void of_cutsTheRunIntoTenEqualSlices() {
    SlicedLatencies login = Baseline.of(scheduledRun()).runs().get(0).find("login").service();
    assertThat(login.whole().count()).isEqualTo(1000);
    assertThat(login.slices())
        .hasSize(10)
        .allSatisfy(
            slice -> {
              assertThat(slice.count()).isEqualTo(100);
              assertThat(slice.latencies().min()).isEqualTo(ofMillis(10));
            });
  }

  @Test
  void of_givesEachSliceTheIntervalsInItsMiddle() {
    RunRecorder recorder = RunRecorder.builder().interval(ofSeconds(2)).build();
    for (int second = 1; second < 32; second += 2) { // one in each interval, the last too late
      long end = ofSeconds(second).toNanos();
      recorder.record(new Measurement("login", "group", end - 1, 1, null, Map.of()));
    }
    RunResult result = recorder.result(Instant.EPOCH, ofSeconds(30), Map.of());
    assertThat(Baseline.of(result).runs().get(0).all().service().slices())
        .extracting(EncodedLatencies::count)
        .containsExactly(1L, 2L, 1L, 2L, 1L, 2L, 1L, 2L, 1L, 3L);
  }

  @Test
  void of_aRunWithFewerThanTenIntervalsHasNoSlices() {
    RunRecorder recorder = RunRecorder.builder().interval(ofSeconds(2)).build();
    RunResult result = recorder.result(Instant.EPOCH, ofSeconds(19), Map.of());
    assertThat(Baseline.of(result).runs().get(0).all().service().slices()).isEmpty();
  }

  @Test
  void histograms_areReadableByOthers() throws Exception {
    Baseline.of(scheduledRun()).save(file);
    assertThat(Files.readString(file)).contains("\"histogram\" : \"HISTFAAAA");
    String base64 = Baseline.load(file).runs().get(0).all().service().whole().base64();
    assertThat(Histogram.fromString(base64).getTotalCount()).isEqualTo(1000);
  }

  @Test
  void save_replacesWhatIsThereAndLeavesNothingElse() throws Exception {
    Baseline.of(scheduledRun()).save(file);
    Baseline.load(file).plus(scheduledRun()).save(file);
    assertThat(Baseline.load(file).size()).isEqualTo(2);
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void save_thatFailsLeavesWhatWasThere() throws Exception {
    Files.createDirectories(file.resolve("in the way"));
    assertThatIOException().isThrownBy(() -> Baseline.of(scheduledRun()).save(file));
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
    assertThat(file.resolve("in the way")).exists();
  }

  @Test
  void load_ofNoFileSaysHowToMakeOne() {
    assertThatIOException()
        .isThrownBy(() -> Baseline.load(file))
        .isInstanceOf(NoSuchFileException.class)
        .withMessage(file + ": no baseline; Baseline.of(result).save(path) writes one");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | it is empty",
        "[] | it does not say \"format\": \"broadside-baseline\"",
        "{\"runs\": []} | it does not say \"format\": \"broadside-baseline\"",
        "{\"format\": \"broadside-baseline\"} | version should be a number, and is missing",
        "{\"format\": \"broadside-baseline\", \"version\": 2} | its version is 2, and this Broadside"
            + " reads version 1 only",
        "{\"format\": \"broadside-baseline\", \"version\": 1} | runs should be a list, and is"
            + " missing",
        "{\"format\": \"broadside-baseline\", \"version\": 1, \"runs\": []} | runs is empty",
        "{\"format\": \"broadside-baseline\", \"version\": 1, \"runs\": [{\"started\": \"noon\"}]}"
            + " | runs[0].started should be a moment, and is noon",
        "{\"format\": | line 1: Unexpected end-of-input within/between Object entries",
        "{} {} | more follows its end",
      })
  void load_saysWhatIsWrongWhere(String text, String fault) throws Exception {
    write(text);
    assertFault(fault);
  }

  @Test
  void load_ofAChangedHistogramSaysWhichOne() throws Exception {
    Baseline.of(scheduledRun()).save(file);
    List<String> lines = Files.readAllLines(file);
    int index = lines.indexOf(lines.stream().filter(l -> l.contains("HIST")).findFirst().get());
    for (String broken : List.of("\"histogram\" : \"HISTbroken\"", "\"histogram\" : \"%\"")) {
      lines.set(index, broken);
      write(String.join("\n", lines));
      assertFault("runs[0].all.service.run.histogram should be a histogram, and is ");
    }
    lines.set(index, "\"histogram\" : 5");
    write(String.join("\n", lines));
    assertFault("runs[0].all.service.run.histogram should be a text, and is 5");
  }

  @Test
  void load_ofWhatIsCutOffSaysSo() throws Exception {
    Baseline.of(scheduledRun()).save(file);
    String text = Files.readString(file);
    write(text.substring(0, text.length() / 2));
    assertFault("line ");
    assertThatIOException()
        .isThrownBy(() -> Baseline.load(file))
        .satisfies(fault -> assertThat(fault).message().doesNotContain("[Source"));
  }

  @Test
  void load_ofTimesBelowZeroSaysWhere() throws Exception {
    Baseline.of(scheduledRun()).save(file);
    write(Files.readString(file).replaceFirst("\"min_ns\" : ", "\"min_ns\" : -"));
    assertFault("runs[0].all.service.run should have 0 <= min_ns <= max_ns and 0 <= sum_ns");
  }

  @Test
  void load_ofSomethingElseThanTextSaysSo() throws Exception {
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[] {'"', (byte) 0xff, (byte) 0xfe, '"'});
    assertFault("it is no text in UTF-8");
  }

  private void write(String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private void assertFault(String fault) {
    assertThatIOException()
        .isThrownBy(() -> Baseline.load(file))
        .withMessageStartingWith(file + " is no baseline that can be read: " + fault)
        .withMessageEndingWith("; Baseline.of(result).save(path) writes one");
  }
}
