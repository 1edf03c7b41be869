package dev.broadside.oct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TurretConfigTest {
  private static final Path FILE = Path.of("nav/config.json");

  private static final String SEED =
      """
      {
        "name": "navigation",
        "cannons": 50,
        "rampup": 10,
        "script": "v_user.py",
        "hq_address": "",
        "hq_publisher": 5000,
        "hq_rc": 5001
      }
      """;

  @Test
  void read_takesTheSevenKeysOfTheSeed(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("config.json"), SEED);
    TurretConfig config = TurretConfig.read(file);
    assertThat(config.name()).isEqualTo("navigation");
    assertThat(config.cannons()).isEqualTo(50);
    assertThat(config.rampUp()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.script()).isEqualTo("v_user.py");
    assertThat(config.hqAddress()).isEmpty();
    assertThat(config.hqPublisher()).isEqualTo(5000);
    assertThat(config.hqRc()).isEqualTo(5001);
    assertThat(config.cannonClass()).isNull();
    assertThat(config.settings()).isEmpty();
    assertThat(config.folder()).isEqualTo(folder.toAbsolutePath());
  }

  @Test
  void parse_keepsOtherKeys() {
    String json =
        SEED.replaceFirst(
            "\\{",
            "{\"base_url\":\"http://x\",\"limits\":{\"a\":[1,null]},\"none\":null,"
                + "\"cannon_class\":\"com.acme.Paced\",");
    TurretConfig config = TurretConfig.parse(FILE, json.replace("10", "0.25"));
    assertThat(config.settings()).containsOnlyKeys("base_url", "limits", "none");
    assertThat(config.settings().get("limits")).hasToString("{a=[1, null]}");
    assertThat(config.settings().get("none")).isNull();
    assertThat(config.cannonClass()).isEqualTo("com.acme.Paced");
    assertThat(config.rampUp()).isEqualTo(Duration.ofMillis(250));
  }

  @Test
  void parse_namesEveryFaultAtOnce() {
    String json =
        """
        {"name": " ", "cannons": "fifty", "rampup": -1, "hq_address": 5,
         "hq_publisher": 70000, "hq_rc": 5001.5, "cannon_class": ["x"]}
        """;
    assertThatThrownBy(() -> TurretConfig.parse(FILE, json))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            """
            nav/config.json is not valid:
              "name": " " is not a text that is not empty
              "cannons": "fifty" is not a whole number from 1 to 2147483647
              "rampup": -1 is not a number of seconds, 0 or more
              "script" is missing; expected a text that is not empty
              "hq_address": 5 is not a text
              "hq_publisher": 70000 is not a port; expected a number from 1 to 65535
              "hq_rc": 5001.5 is not a port; expected a number from 1 to 65535
              "cannon_class": ["x"] is not a text that is not empty""");
  }

  @Test
  void parse_saysWhereTheJsonEnds() {
    assertFault(() -> TurretConfig.parse(FILE, "{\n\"name\": \"a\",\n}"), "line 3");
    assertThatThrownBy(() -> TurretConfig.parse(FILE, "{\n\"name\": \"a\""))
        .hasMessageContaining("line 2: Unexpected end-of-input: expected close marker for Object")
        .hasMessageNotContaining("REDACTED");
    assertFault(() -> TurretConfig.parse(FILE, "[1]"), "it is not a JSON object; expected");
    assertFault(() -> TurretConfig.parse(FILE, ""), "it is not a JSON object; expected");
    assertFault(() -> TurretConfig.parse(FILE, SEED + "more"), "it is not JSON: line");
  }

  private static void assertFault(ThrowingCallable call, String fault) {
    assertThatThrownBy(call)
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("nav/config.json is not valid:")
        .hasMessageContaining(fault);
  }

  @Test
  void read_saysThatAFileIsNotUtf8(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("config.json"), new byte[] {'{', (byte) 0xff, '}'});
    assertThatThrownBy(() -> TurretConfig.read(file))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("it is not UTF-8");
  }

  @Test
  void read_saysWhichFileIsMissing() {
    assertThatThrownBy(() -> TurretConfig.read(Path.of("no/such.json")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("no/such.json");
  }

  @Test
  void from_needsAnAddress() {
    TurretConfig config = TurretConfig.parse(FILE, SEED);
    assertThatThrownBy(() -> Turret.from(config))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("\"hq_address\" is empty; expected the name or address");
  }
}
