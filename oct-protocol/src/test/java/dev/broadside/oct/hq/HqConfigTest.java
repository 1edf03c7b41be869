package dev.broadside.oct.hq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.broadside.oct.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HqConfigTest {
  private static final String REQUIRED =
      "\"run_time\": 30, \"results_ts_interval\": 5, \"testing\": false, \"progress_bar\": true";
  private static final String TURRET =
      "{\"name\": \"navigation\", \"cannons\": 2, \"rampup\": 0.5, \"script\": \"VUser.java\"}";

  @TempDir Path project;

  private HqConfig read(String json) throws IOException {
    Files.writeString(project.resolve("config.json"), json);
    return HqConfig.read(project);
  }

  private ConfigException faults(String json) {
    return catchThrowableOfType(ConfigException.class, () -> read(json));
  }

  @Test
  void read_fillsInTheDefaults() throws Exception {
    HqConfig config = read("{" + REQUIRED + ", \"turrets\": [" + TURRET + "]}");

    assertThat(config.runTime()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.resultsInterval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.testing()).isFalse();
    assertThat(config.progressBar()).isTrue();
    assertThat(config.publishPort()).isEqualTo(5000);
    assertThat(config.resultsPort()).isEqualTo(5001);
    assertThat(config.externalPublisherPort()).isEqualTo(5002);
    assertThat(config.minTurrets()).isEqualTo(1);
    assertThat(config.thresholds()).isEmpty();
    assertThat(config.hqAddress()).isEqualTo("127.0.0.1");
    assertThat(config.bindAddress()).isEqualTo("127.0.0.1");
    assertThat(config.extraTurretConfig()).isEmpty();
    assertThat(config.databaseUri()).isEqualTo("default");
    assertThat(config.projectFolder()).isEqualTo(project.toAbsolutePath());
  }

  @Test
  void read_takesEveryKey() throws Exception {
    HqConfig config =
        read(
            "{"
                + REQUIRED
                + ", \"publish_port\": 0, \"rc_port\": 6001, \"external_publisher\": 6002,"
                + " \"min_turrets\": 3, \"hq_address\": \"10.0.0.4\", \"bind_address\": \"*\","
                + " \"turrets_requirements\": [\"numpy\"], \"hq_class\": \"x.Y\","
                + " \"extra_turret_config\": {\"host\": \"target\", \"nothing\": null},"
                + " \"results_database\": {\"db_uri\": \"all.sqlite\"}, \"turrets\": []}");

    assertThat(config.publishPort()).isZero();
    assertThat(config.resultsPort()).isEqualTo(6001);
    assertThat(config.externalPublisherPort()).isEqualTo(6002);
    assertThat(config.minTurrets()).isEqualTo(3);
    assertThat(config.hqAddress()).isEqualTo("10.0.0.4");
    assertThat(config.bindAddress()).isEqualTo("*");
    assertThat(config.extraTurretConfig())
        .containsEntry("host", "target")
        .containsEntry("nothing", null);
    assertThat(config.settings()).containsEntry("results_database", Map.of("db_uri", "all.sqlite"));
    assertThat(config.databaseUri()).isEqualTo("all.sqlite");
  }

  @Test
  void turrets_standInTheProjectOrInFilesOfTheirOwn() throws Exception {
    Files.createDirectory(project.resolve("turrets"));
    Files.writeString(
        project.resolve("turrets/search.json"),
        "{\"name\": \"search\", \"cannons\": 9, \"rampup\": 0, \"script\": \"s.jar\", \"depth\": 3}");
    HqConfig config =
        read("{" + REQUIRED + ", \"turrets\": [" + TURRET + ", \"turrets/search.json\"]}");

    assertThat(config.turrets())
        .extracting(ProjectTurret::name)
        .containsExactly("navigation", "search");
    assertThat(config.turrets().get(0).file()).isEqualTo(project.resolve("config.json"));
    assertThat(config.turrets().get(1).file()).isEqualTo(project.resolve("turrets/search.json"));
    assertThat(config.turrets().get(1).script()).isEqualTo("s.jar");
    assertThat(config.turrets().get(1).settings()).containsEntry("depth", 3);
  }

  @Test
  void ports_areTwo() {
    String json = "{" + REQUIRED + ", \"turrets\": [], \"rc_port\": 5000}";
    assertThat(faults(json).faults())
        .containsExactly("\"rc_port\": 5000 is \"publish_port\" too; expected two ports");
  }

  @Test
  void faults_areToldAllAtOnce() {
    ConfigException fault =
        faults(
            "{\"run_time\": 0, \"testing\": \"yes\", \"progress_bar\": true, \"rc_port\": 99999,"
                + " \"publish_port\": 5000.5, \"min_turrets\": 0, \"hq_address\": 7,"
                + " \"extra_turret_config\": [], \"turrets\": [{\"name\": \"\", \"cannons\": \"2\","
                + " \"rampup\": -1}, 5, \"gone.json\", \"\\u0000\"]}");

    assertThat(fault.faults())
        .containsExactly(
            "\"extra_turret_config\": [] is not an object: { … }",
            "\"run_time\": 0 is not a number of seconds, more than 0",
            "\"results_ts_interval\" is missing; expected a number of seconds, more than 0",
            "\"testing\": \"yes\" is not true or false",
            "\"publish_port\": 5000.5 is not a port; expected a number from 0 to 65535",
            "\"rc_port\": 99999 is not a port; expected a number from 0 to 65535",
            "\"min_turrets\": 0 is not a whole number from 1 to 2147483647",
            "\"hq_address\": 7 is not a text",
            "\"turrets\"[0]: \"name\": \"\" is not a text that is not empty",
            "\"turrets\"[0]: \"script\" is missing; expected a text that is not empty",
            "\"turrets\"[0]: \"cannons\": \"2\" is not a whole number from 1 to 2147483647",
            "\"turrets\"[0]: \"rampup\": -1 is not a number of seconds, 0 or more",
            "\"turrets\"[1]: 5 is not a turret; expected an object or a JSON file's path",
            "\"turrets\"[2], gone.json: there is no such file",
            "\"turrets\"[3], \u0000: is not a path (Nul character not allowed)");
    assertThat(fault).hasMessageContaining(project.resolve("config.json").toString());
  }

  @Test
  void faults_ofATurretsLoadAreToldWithWhatItIsPackedWith() {
    ConfigException fault =
        faults(
            "{"
                + REQUIRED
                + ", \"extra_turret_config\": {\"pacing\": 1}, \"turrets\": [{\"name\": \"a\","
                + " \"script\": \"a.B\", \"rampup\": 0, \"rate\": \"x/s\", \"cannons\": 5}]}");
    assertThat(fault.faults())
        .containsExactly(
            "\"turrets\"[0]: \"rate\": \"x/s\" is not a rate above 0: a number per second, or a"
                + " text as in \"100/s\"",
            "\"turrets\"[0]: \"cannons\": 5 does not go with \"rate\"; drop \"rate\", or put 1",
            "\"turrets\"[0]: \"pacing\": 1 does not go with an open load, whose arrivals are its"
                + " starts; drop it");
  }

  @Test
  void thresholds_areRead() throws Exception {
    HqConfig config =
        read(
            "{"
                + REQUIRED
                + ", \"turrets\": [], \"thresholds\": [\"p(95) < 200ms\", \"a: errors < 1% abort\"]}");
    assertThat(config.thresholds())
        .extracting(Object::toString)
        .containsExactly("p(95) < 200ms", "a: errors < 1% abort");
  }

  @Test
  void faults_ofThresholdsAreToldWithTheirPlace() {
    String json =
        "{"
            + REQUIRED
            + ", \"turrets\": [], \"thresholds\": [\"p(95) < 1s\", 7, \"p(95) < 200\", \"late < 1%\"]}";
    assertThat(faults(json).faults())
        .containsExactly(
            "\"thresholds\"[1]: 7 is not a text, as \"p(95) < 200ms\"",
            "\"thresholds\"[2]: \"p(95) < 200\": p is a time and needs us, ms, s or m, as in 200ms",
            "\"thresholds\"[3]: \"late < 1%\": this needs a schedule, which turrets do not send; a"
                + " headquarters judges service times, errors, rate and count");
  }

  @Test
  void faults_nameTheLineOfWhatIsNotJson() {
    assertThat(faults("{\n\"run_time\": 30,\n}").faults())
        .singleElement()
        .asString()
        .startsWith("is not JSON: line 3: ");
    assertThat(faults("[]").faults()).containsExactly("is not a JSON object; expected { … }");
    assertThat(faults("").faults()).containsExactly("is not a JSON object; expected { … }");
  }

  @Test
  void read_ofAFolderWithoutConfigurationSaysSo() {
    assertThatThrownBy(() -> HqConfig.read(project.resolve("nowhere")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("nowhere")
        .hasMessageContaining("there is no such file");
  }

  @Test
  void faults_areShownShort() {
    String fault = faults("{\"run_time\": \"" + "x".repeat(1000) + "\"}").faults().get(0);
    assertThat(fault).hasSizeLessThan(150).contains("…");
  }
}
