package dev.broadside.metrics;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunRecorderTest {
  private static final Instant STARTED = Instant.parse("2026-11-22T05:40:00Z");

  private final RunRecorder recorder = RunRecorder.create();

  private static Measurement success(String label, long millis) {
    return measurement(label, millis, null, Map.of());
  }

  private static Measurement failure(String label, long millis, String error) {
    return measurement(label, millis, error, Map.of());
  }

  private static Measurement measurement(
      String label, long millis, @Nullable String error, Map<String, Long> timers) {
    long nanos = ofMillis(millis).toNanos();
    return new Measurement(label, "turret of " + label, 0, nanos, error, timers);
  }

  private RunResult result() {
    return result(recorder);
  }

  private static RunResult result(RunRecorder recorder) {
    return recorder.result(STARTED, ofSeconds(2), Map.of());
  }

  @Test
  void result_ofNothingIsEmpty() {
    RunResult result = recorder.result(STARTED, ofSeconds(0), Map.of("malformed", 3L));

    assertThat(result.all().count()).isZero();
    assertThat(result.all().rate()).isZero();
    assertThat(result.transactions()).isEmpty();
    assertThat(result.errors()).isEmpty();
    assertThat(result.counters()).containsExactly(entry("malformed", 3L));
  }

  @Test
  void times_ofSuccessesAndFailuresStayApart() {
    recorder.record(success("Buy", 100));
    recorder.record(success("Buy", 100));
    recorder.record(failure("Buy", 1, "refused"));

    Summary all = result().all();
    assertThat(all.count()).isEqualTo(3);
    assertThat(all.failures()).isEqualTo(1);
    assertThat(all.rate()).isEqualTo(1.5);
    assertThat(all.service().min()).isEqualTo(ofMillis(100));
    assertThat(all.failed().max()).isEqualTo(ofMillis(1));
  }

  @Test
  void all_isTheSumOfTheLabels() {
    recorder.record(success("Buy", 100));
    recorder.record(success("Look", 1));

    RunResult result = result();
    assertThat(result.all().count()).isEqualTo(2);
    assertThat(result.all().service().min()).isEqualTo(ofMillis(1));
    assertThat(result.transactions().keySet()).containsExactly("Buy", "Look");
    assertThat(result.transaction("Look").service().max()).isEqualTo(ofMillis(1));
    assertThat(result.group("turret of Buy").count()).isEqualTo(1);
  }

  @Test
  void timers_areCountedUnderTheirOwnNames() {
    recorder.record(measurement("login", 9, null, Map.of("login", 4_000_000L, "pay", 5_000_000L)));
    recorder.record(measurement("login", 9, "no money", Map.of("login", 6_000_000L)));

    RunResult result = result();
    assertThat(result.timers().keySet()).containsExactly("login", "pay");
    assertThat(result.timer("login").count()).isEqualTo(2);
    assertThat(result.timer("login").failures()).isEqualTo(1);
    assertThat(result.timer("login").service().max()).isEqualTo(ofMillis(4));
    assertThat(result.transaction("login").service().max()).isEqualTo(ofMillis(9));
  }

  @Test
  void errors_areCountedByTextTheMostFrequentFirst() {
    recorder.record(failure("Buy", 10, "rare"));
    recorder.record(failure("Buy", 30, "often"));
    recorder.record(failure("Buy", 20, "often"));

    assertThat(result().errors())
        .containsExactly(
            new RunError("often", 2, ofMillis(20), ofMillis(30), failure("Buy", 30, "often")),
            new RunError("rare", 1, ofMillis(10), ofMillis(10), failure("Buy", 10, "rare")));
  }

  @Test
  void names_beyondTheBoundAddUp() {
    RunRecorder bounded = RunRecorder.builder().maxLabels(3).build();
    for (int i = 0; i < 10; i++) bounded.record(failure("label " + i, 1, "error " + i));

    RunResult result = result(bounded);
    assertThat(result.transactions().keySet())
        .containsExactly("label 0", "label 1", "label 2", "(other)");
    assertThat(result.transaction("(other)").count()).isEqualTo(7);
    assertThat(result.all().count()).isEqualTo(10);
    assertThat(result.errors()).hasSize(4).first().extracting(RunError::count).isEqualTo(7L);
  }

  @Test
  void names_ofTwoThousandTimersInOneIterationStayBounded() {
    Map<String, Long> timers = new LinkedHashMap<>();
    IntStream.range(0, 2000).forEach(i -> timers.put("timer " + i, 1000L));
    recorder.record(measurement("Buy", 1, null, timers));

    assertThat(result().timers()).hasSize(1001);
    assertThat(result().timer("(other)").count()).isEqualTo(1000);
  }

  @Test
  void names_areKeptToAThousandCharacters() {
    recorder.record(failure("x".repeat(1_000_000), 1, "😀".repeat(1_000_000)));
    recorder.record(failure("x".repeat(1_000_000), 1, "x" + "😀".repeat(1_000_000)));

    assertThat(result().transactions().keySet()).containsExactly("x".repeat(1000) + "…");
    assertThat(result().errors())
        .extracting(RunError::text)
        .containsExactlyInAnyOrder("😀".repeat(500) + "…", "x" + "😀".repeat(499) + "…");
  }

  @Test
  void counts_areReadableByOtherThreads() throws Exception {
    Thread writer =
        new Thread(
            () -> {
              for (int i = 0; i < 100_000; i++) recorder.record(failure("Buy", 1, "no"));
            });
    writer.start();
    long last = 0;
    while (writer.isAlive()) {
      long count = recorder.count();
      assertThat(count).isGreaterThanOrEqualTo(last);
      last = count;
    }
    writer.join();
    assertThat(recorder.count()).isEqualTo(100_000);
    assertThat(recorder.failures()).isEqualTo(100_000);
  }

  @Test
  void result_namesWhatWasSeenWhenAskedForSomethingElse() {
    recorder.record(success("Buy", 100));

    assertThatThrownBy(() -> result().transaction("Sell"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no transaction \"Sell\" was seen, only [Buy]");
  }

  @Test
  void result_isImmutable() {
    RunResult result = result();

    assertThatThrownBy(() -> result.counters().put("malformed", 1L))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  /** One of a schedule, that took 5 ms. */
  private static Measurement scheduled(
      String label, long intendedMillis, long startMillis, Punctuality punctuality) {
    long intended = ofMillis(intendedMillis).toNanos();
    long start = ofMillis(startMillis).toNanos();
    return new Measurement(label, "group", intended, start, punctuality, 5_000_000, null, Map.of());
  }

  @Test
  void starts_addUp() {
    recorder.record(scheduled("Buy", 0, 0, Punctuality.ON_TIME));
    recorder.record(scheduled("Buy", 10, 110, Punctuality.LATE));
    recorder.record(scheduled("Look", 20, 21, Punctuality.ON_TIME)); // the scheduler's own error
    recorder.dropped("Buy", "shop", 1);
    recorder.dropped(null, null, 1);
    recorder.unstarted("Look", "shop", 3, ofMillis(250));

    RunResult result = result();
    assertThat(result.all().starts()).isEqualTo(new Starts(8, 1, 2, 3, ofMillis(250)));
    assertThat(result.all().starts().onTime()).isEqualTo(2);
    assertThat(result.transaction("Buy").starts()).isEqualTo(new Starts(3, 1, 1, 0, ofMillis(100)));
    assertThat(result.transaction("Look").starts())
        .isEqualTo(new Starts(4, 0, 0, 3, ofMillis(250)));
    assertThat(result.group("group").starts()).isEqualTo(new Starts(3, 1, 0, 0, ofMillis(100)));
    assertThat(result.group("shop").starts()).isEqualTo(new Starts(4, 0, 1, 3, ofMillis(250)));
  }

  @Test
  void starts_areKnownWhileTheRunGoesOn() {
    recorder.dropped("Buy", null, 1);
    assertThat(recorder.all(ofSeconds(1)).starts().dropped()).isEqualTo(1);
    assertThat(recorder.label("Buy", ofSeconds(1)).starts().scheduled()).isEqualTo(1);
    assertThat(recorder.all(ofSeconds(1)).hasSchedule()).isTrue();
    assertThat(recorder.all(ofSeconds(1)).series()).isSameAs(TimeSeries.EMPTY);
  }

  @Test
  void response_countsFromTheIntendedStart() {
    recorder.record(scheduled("Buy", 0, 0, Punctuality.ON_TIME));
    recorder.record(scheduled("Buy", 10, 110, Punctuality.LATE));

    Summary buy = result().transaction("Buy");
    assertThat(buy.service().max()).isEqualTo(ofMillis(5));
    assertThat(buy.response().count()).isEqualTo(2);
    assertThat(buy.response().min()).isEqualTo(ofMillis(5));
    assertThat(buy.response().max()).isEqualTo(ofMillis(105));
    TimeSeries.Interval first = buy.series().intervals().get(0);
    assertThat(first.service().max()).isEqualTo(ofMillis(5));
    assertThat(first.response().max()).isEqualTo(ofMillis(105));
  }

  @Test
  void response_ofAllHasWhatHadNoSchedule() {
    recorder.record(success("Look", 300));
    recorder.record(scheduled("Buy", 10, 110, Punctuality.LATE));
    recorder.record(success("Look", 1));

    Latencies response = result().all().response();
    assertThat(response.count()).isEqualTo(3);
    assertThat(response.min()).isEqualTo(ofMillis(1));
    assertThat(response.max()).isEqualTo(ofMillis(300));
    assertThat(result().transaction("Look").hasSchedule()).isFalse();
  }

  @Test
  void response_isServiceWhereThereIsNoSchedule() {
    recorder.record(success("Look", 300));

    Summary all = result().all();
    assertThat(all.hasSchedule()).isFalse();
    assertThat(all.response()).isSameAs(all.service());
    assertThat(all.series().intervals().get(0).response().max()).isEqualTo(ofMillis(300));
  }

  @Test
  void create_refusesABoundBelowOne() {
    assertThatThrownBy(() -> RunRecorder.builder().maxLabels(0)).hasMessage("maxLabels < 1: 0");
  }
}
