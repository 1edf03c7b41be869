package dev.broadside.oct;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.broadside.users.ArrivalOverflow;
import dev.broadside.users.LoadProfile;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LoadKeysTest {
  private static TurretConfig config(int cannons, double rampUp, String more) {
    return TurretConfig.parse(
        Path.of("nav.json"),
        """
        {"name": "nav", "cannons": %d, "rampup": %s, "script": "X", "hq_address": "",
         "hq_publisher": 5000, "hq_rc": 5001, "base_url": "http://x", %s}
        """
            .formatted(cannons, rampUp, more));
  }

  static Stream<Arguments> loads() {
    return Stream.of(
        Arguments.of("\"other\": 1", LoadProfile.closed()),
        Arguments.of("\"rate\": null", LoadProfile.closed()),
        Arguments.of("\"rate\": 0.5", LoadProfile.rate(0.5)),
        Arguments.of("\"rate\": \"120/min\", \"max_users\": 50", LoadProfile.rate(2).maxUsers(50)),
        Arguments.of(
            "\"rate\": \"100/s\", \"overflow\": \"drop\", \"poisson\": true",
            LoadProfile.rate(100).overflow(ArrivalOverflow.DROP).poisson()),
        Arguments.of("\"rate\": 7, \"poisson\": 42", LoadProfile.rate(7).poisson(42)),
        Arguments.of("\"rate\": 7, \"poisson\": false", LoadProfile.rate(7)),
        Arguments.of("\"pacing\": \"100ms\"", LoadProfile.closed().pacing(ofMillis(100))),
        Arguments.of(
            "\"pacing\": [\"50ms\", 0.15]",
            LoadProfile.closed().pacing(ofMillis(50), ofMillis(150))),
        Arguments.of(
            "\"pacing\": {\"interval\": 1, \"restart\": true}",
            LoadProfile.closed().pacing(ofSeconds(1)).restart()),
        Arguments.of(
            "\"pacing\": {\"interval\": [1, 2]}",
            LoadProfile.closed().pacing(ofSeconds(1), ofSeconds(2))),
        Arguments.of("\"think_time\": 0.25", LoadProfile.closed().thinkTime(ofMillis(250))),
        Arguments.of(
            "\"profile\": [{\"users\": 50, \"ramp\": \"10s\", \"hold\": \"1m\"}, {\"users\": 0}],"
                + " \"think_time\": [\"1s\", \"2s\"]",
            LoadProfile.closed()
                .rampTo(50, ofSeconds(10))
                .hold(ofMinutes(1))
                .stepTo(0)
                .thinkTime(ofSeconds(1), ofSeconds(2))),
        Arguments.of(
            "\"profile\": [{\"rate\": \"100/s\", \"hold\": \"1m\"}, {\"rate\": 0, \"ramp\": 2}]",
            LoadProfile.rate(100).hold(ofMinutes(1)).rampTo(0, ofSeconds(2))));
  }

  @ParameterizedTest
  @MethodSource("loads")
  void profile_isWhatTheKeysSay(String keys, LoadProfile expected) {
    assertThat(config(1, 0, keys).profile()).isEqualTo(expected);
  }

  @Test
  void settings_areWhatTheTurretDoesNotUnderstand() {
    TurretConfig config = config(1, 0, "\"rate\": 5, \"max_users\": 2");
    assertThat(config.settings()).containsOnlyKeys("base_url");
  }

  @Test
  void pacing_goesWithCannonsAndRampUp() {
    TurretConfig config = config(50, 10, "\"pacing\": \"1s\"");
    assertThat(config.profile().stages()).isEmpty();
    assertThat(config.cannons()).isEqualTo(50);
  }

  static Stream<Arguments> faults() {
    String rate = "is not a rate above 0: a number per second, or a text as in \"100/s\"";
    String times =
        "a number of seconds, a text as in \"100ms\", a range as in [\"50ms\", \"150ms\"]";
    String pacing = "is not a time above 0: " + times + ", or {\"interval\": …, \"restart\": true}";
    String open = "goes with \"rate\", or a \"profile\" of rates, only; drop it";
    String stage = "expected \"users\" or \"rate\", and perhaps \"ramp\" and \"hold\"";
    return Stream.of(
        Arguments.of("\"rate\": \"fast\"", "\"rate\": \"fast\" " + rate),
        Arguments.of("\"rate\": 0", "\"rate\": 0 " + rate),
        Arguments.of("\"rate\": -1", "\"rate\": -1 " + rate),
        Arguments.of("\"rate\": [5]", "\"rate\": [5] " + rate),
        Arguments.of("\"rate\": 1e300", "\"rate\": 1.0E300 " + rate),
        Arguments.of("\"pacing\": 0", "\"pacing\": 0 " + pacing),
        Arguments.of("\"pacing\": \"2\"", "\"pacing\": \"2\" " + pacing),
        Arguments.of("\"pacing\": [2, 1]", "\"pacing\": [2,1] " + pacing),
        Arguments.of("\"pacing\": [1, 2, 3]", "\"pacing\": [1,2,3] " + pacing),
        Arguments.of("\"pacing\": {\"restart\": true}", "\"pacing\": {\"restart\":true} " + pacing),
        Arguments.of(
            "\"pacing\": {\"interval\": 1, \"restart\": 1}",
            "\"pacing\": {\"interval\":1,\"restart\":1} " + pacing),
        Arguments.of(
            "\"pacing\": {\"interval\": 1, \"again\": true}",
            "\"pacing\": {\"interval\":1,\"again\":true} " + pacing),
        Arguments.of("\"think_time\": \"-1s\"", "\"think_time\": \"-1s\" is not a time: " + times),
        Arguments.of(
            "\"pacing\": 1, \"think_time\": 2",
            "\"think_time\": 2 does not go with \"pacing\"; drop one"),
        Arguments.of("\"max_users\": 10", "\"max_users\": 10 " + open),
        Arguments.of("\"overflow\": \"late\"", "\"overflow\": \"late\" " + open),
        Arguments.of("\"poisson\": true", "\"poisson\": true " + open),
        Arguments.of(
            "\"rate\": 1, \"max_users\": 0",
            "\"max_users\": 0 is not a whole number from 1 to 2147483647"),
        Arguments.of(
            "\"rate\": 1, \"overflow\": \"LATE\"",
            "\"overflow\": \"LATE\" is not \"late\" or \"drop\""),
        Arguments.of(
            "\"rate\": 1, \"poisson\": 1.5",
            "\"poisson\": 1.5 is not true, false, or a whole number that its draws begin with"),
        Arguments.of(
            "\"rate\": 1, \"pacing\": 1",
            "\"pacing\": 1 does not go with an open load, whose arrivals are its starts; drop it"),
        Arguments.of(
            "\"profile\": [{\"rate\": 1}], \"think_time\": 1",
            "\"think_time\": 1 does not go with an open load, whose arrivals are its starts; drop"
                + " it"),
        Arguments.of(
            "\"rate\": 1, \"profile\": [{\"rate\": 1}]",
            "\"rate\": 1 does not go with \"profile\"; drop one"),
        Arguments.of(
            "\"profile\": {\"users\": 1}",
            "\"profile\": {\"users\":1} is not a list of stages, as in"
                + " [{\"users\": 50, \"ramp\": \"10s\", \"hold\": \"1m\"}]"),
        Arguments.of(
            "\"profile\": []",
            "\"profile\": [] is not a list of stages, as in"
                + " [{\"users\": 50, \"ramp\": \"10s\", \"hold\": \"1m\"}]"),
        Arguments.of(
            "\"profile\": [{\"users\": 1}, 5]", "\"profile\", stage 2: 5 is not a stage; " + stage),
        Arguments.of(
            "\"profile\": [{\"hold\": 1}]",
            "\"profile\", stage 1: {\"hold\":1} is not a stage; " + stage),
        Arguments.of(
            "\"profile\": [{\"users\": 1, \"holds\": 1}]",
            "\"profile\", stage 1: \"holds\" is unknown; " + stage),
        Arguments.of(
            "\"profile\": [{\"users\": 1}, {\"rate\": 1}]",
            "\"profile\" has stages of users and of rates; expected one kind"),
        Arguments.of(
            "\"profile\": [{\"users\": 1, \"hold\": 1e9}, {\"users\": 2, \"ramp\": \"1s\"}]",
            "\"profile\" takes 1000000001 s in all; expected at most 1000000000 s"),
        Arguments.of(
            "\"profile\": [" + "{\"rate\": 1, \"hold\": 1e9}, ".repeat(99) + "{\"rate\": 0}]",
            "\"profile\" takes 99000000000 s in all; expected at most 1000000000 s"),
        Arguments.of(
            "\"profile\": [{\"users\": 0, \"hold\": 1}]",
            "\"profile\" never goes above zero; expected a stage that does"),
        Arguments.of(
            "\"profile\": [{\"rate\": 0}, {\"rate\": \"0/s\", \"hold\": 1}]",
            "\"profile\" never goes above zero; expected a stage that does"),
        Arguments.of(
            "\"profile\": [{\"users\": 2147483648}]",
            "\"profile\", stage 1: \"users\": 2147483648 is not a whole number from 0 to 2147483647"),
        Arguments.of(
            "\"profile\": [{\"rate\": \"5\"}]",
            "\"profile\", stage 1: \"rate\": \"5\" is not a rate, 0 or more: a number per second,"
                + " or a text as in \"100/s\""),
        Arguments.of(
            "\"profile\": [{\"users\": 1, \"ramp\": \"10\"}]",
            "\"profile\", stage 1: \"ramp\": \"10\" is not a time: a number of seconds, or a text"
                + " as in \"10s\""),
        Arguments.of(
            "\"profile\": [{\"users\": 1, \"hold\": -1}]",
            "\"profile\", stage 1: \"hold\": -1 is not a time: a number of seconds, or a text as in"
                + " \"10s\""));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void fault_namesTheKeyItsValueAndWhatIsExpected(String keys, String fault) {
    assertThatThrownBy(() -> config(1, 0, keys))
        .isInstanceOf(ConfigException.class)
        .hasMessage("nav.json is not valid:\n  " + fault);
  }

  @Test
  void fault_saysWhatToDropBesideCannonsAndRampUp() {
    assertThatThrownBy(() -> config(50, 10, "\"rate\": 5, \"pacing\": 1"))
        .hasMessage(
            """
            nav.json is not valid:
              "cannons": 50 does not go with "rate"; drop "rate", or put 1
              "rampup": 10.0 does not go with "rate"; drop "rate", or put 0
              "pacing": 1 does not go with an open load, whose arrivals are its starts; drop it""");
    assertThatThrownBy(() -> config(2, 0, "\"profile\": [{\"users\": 5}]"))
        .hasMessageContaining("\"cannons\": 2 does not go with \"profile\"; drop \"profile\", or");
  }
}
