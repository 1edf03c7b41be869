package dev.broadside.metrics;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ThresholdsTest {
  private final RunRecorder recorder = RunRecorder.create();

  private void record(String label, @Nullable String error) {
    recorder.record(new Measurement(label, "group", 0, 1_000_000, error, Map.of()));
  }

  private void recordScheduled(String label) {
    recorder.record(
        new Measurement(label, "group", 0, 0, Punctuality.ON_TIME, 1_000_000, null, Map.of()));
  }

  private List<Verdict> verdicts(String... given) {
    RunResult result = recorder.result(Instant.EPOCH, ofSeconds(1), Map.of());
    List<Threshold> thresholds = Arrays.stream(given).map(Threshold::parse).toList();
    return Thresholds.withDefaults(thresholds, result).stream()
        .map(each -> each.judge(result))
        .toList();
  }

  private List<String> defaults(String... given) {
    return verdicts(given).stream().skip(given.length).map(Verdict::threshold).toList();
  }

  @Test
  void nothing_mayFail() {
    for (int i = 0; i < 247; i++) record("login", null);
    for (int i = 0; i < 3; i++) record("buy", "refused");
    assertThat(verdicts())
        .containsExactly(new Verdict("errors <= 0% (by default)", false, "1.2 %", false));
    assertThat(verdicts("max < 1s")).extracting(Verdict::passed).containsExactly(true, false);
  }

  @Test
  void errors_areLimitedWhereNothingElseLimitsThem() {
    record("buy", "refused");
    record("login", null);
    assertThat(defaults("errors < 60%")).isEmpty();
    assertThat(defaults("login: errors < 60%")).containsExactly("buy: errors <= 0% (by default)");
    assertThat(defaults("login: errors < 60%", "buy: errors < 60%")).isEmpty();
    assertThat(defaults("login: max < 60s")).containsExactly("errors <= 0% (by default)");
  }

  @Test
  void starts_areLimitedWhereThereIsASchedule() {
    recordScheduled("login");
    recordScheduled("buy");
    record("look", null);
    assertThat(defaults())
        .containsExactly(
            "errors <= 0% (by default)",
            "dropped <= 0% (by default)", "unstarted <= 0% (by default)");
    assertThat(defaults("errors < 1%", "dropped < 1%", "login: unstarted < 1%"))
        .containsExactly("buy: unstarted <= 0% (by default)");
  }

  @Test
  void aRun_thatDidNothing_isJudgedByWhatWasGivenAlone() {
    assertThat(verdicts()).isEmpty();
    assertThat(verdicts("errors < 1%"))
        .containsExactly(new Verdict("errors < 1%", false, "no transaction", false));
  }
}
