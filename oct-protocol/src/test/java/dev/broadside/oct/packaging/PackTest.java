package dev.broadside.oct.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.broadside.oct.ConfigException;
import dev.broadside.oct.TurretConfig;
import dev.broadside.users.ArrivalOverflow;
import dev.broadside.users.LoadProfile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackTest {
  private static final String HEAD =
      "\"run_time\": 30, \"results_ts_interval\": 10, \"testing\": false, \"progress_bar\": true";

  @TempDir Path folder;
  private Path project;

  @BeforeEach
  void aProjectWithAScript() {
    project = folder.resolve("project");
    write("test_scripts/VUser.java", "class VUser");
  }

  @Test
  void pack_writesAnArchiveForEachTurret() throws Exception {
    project("", turret("navigation", "test_scripts/VUser.java", ""), turret("random", "a.B", ""));
    List<Path> archives = TurretArchive.pack(project);
    assertThat(archives)
        .containsExactly(project.resolve("navigation.tar.gz"), project.resolve("random.tar.gz"));
    assertThat(names(archives.get(0))).containsExactly("config.json", "test_scripts/VUser.java");
    assertThat(names(archives.get(1))).containsExactly("config.json"); // a class is no file
  }

  @Test
  void pack_whatIsUnpackedStartsATurret() throws Exception {
    project("\"hq_address\": \"10.0.0.4\"", turret("navigation", "test_scripts/VUser.java", ""));
    try (UnpackedTurret turret = TurretArchive.unpack(TurretArchive.pack(project).get(0))) {
      TurretConfig config = TurretConfig.read(turret.config());
      assertThat(config.hqAddress()).isEqualTo("10.0.0.4");
      assertThat(turret.folder().resolve(config.script())).hasContent("class VUser");
    }
  }

  @Test
  void pack_theProjectOverridesTheTurret() throws Exception {
    project(
        "\"hq_address\": \"10.0.0.4\", \"publish_port\": 6000, \"rc_port\": 6001",
        turret(
            "a",
            "a.B",
            "\"hq_address\": \"1.1.1.1\", \"hq_publisher\": 1, \"hq_rc\": 2, \"more\": [null]"));
    JsonNode config = packedConfig();
    assertThat(config.get("hq_address").asText()).isEqualTo("10.0.0.4");
    assertThat(config.get("hq_publisher").asInt()).isEqualTo(6000);
    assertThat(config.get("hq_rc").asInt()).isEqualTo(6001);
    assertThat(config.get("more")).hasToString("[null]");
  }

  @Test
  void pack_withoutSettingsOfTheProject_keepsTheTurretsOwn() throws Exception {
    project("", turret("a", "a.B", "\"hq_address\": \"1.1.1.1\", \"hq_publisher\": 1"));
    JsonNode config = packedConfig();
    assertThat(config.get("hq_address").asText()).isEqualTo("1.1.1.1");
    assertThat(config.get("hq_publisher").asInt()).isEqualTo(1);
    assertThat(config.get("hq_rc").asInt()).isEqualTo(5001);
  }

  @ParameterizedTest
  @CsvSource({"\"\",127.0.0.1", "\" \",127.0.0.1"})
  void pack_anEmptyAddress_isFilledIn(String address, String packed) throws Exception {
    project("\"hq_address\": " + address, turret("a", "a.B", "\"hq_address\": " + address));
    assertThat(packedConfig().get("hq_address").asText()).isEqualTo(packed);
  }

  @Test
  void pack_extraTurretConfig_reachesTheTurret() throws Exception {
    project(
        "\"extra_turret_config\": {\"base_url\": \"http://shop\", \"more\": 2}",
        turret("a", "a.B", "\"more\": 1, \"turrets_requirements\": [\"x\"]"));
    JsonNode config = packedConfig();
    assertThat(config.get("base_url").asText()).isEqualTo("http://shop");
    assertThat(config.get("more").asInt()).isEqualTo(2);
    assertThat(config.has("turrets_requirements")).isFalse();
  }

  @Test
  void pack_keysOfALoad_reachTheTurret() throws Exception {
    project(
        "\"extra_turret_config\": {\"max_users\": 5}",
        turret("a", "a.B", "\"rate\": \"100/s\", \"overflow\": \"drop\""));
    try (UnpackedTurret turret = TurretArchive.unpack(TurretArchive.pack(project).get(0))) {
      assertThat(TurretConfig.read(turret.config()).profile())
          .isEqualTo(LoadProfile.rate(100).maxUsers(5).overflow(ArrivalOverflow.DROP));
    }
  }

  @Test
  void pack_keysOfALoad_areCheckedWithWhatTheProjectAdds() {
    project("\"extra_turret_config\": {\"pacing\": 1}", turret("a", "a.B", "\"rate\": 5"));
    assertThatThrownBy(() -> TurretArchive.pack(project))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("\"pacing\": 1 does not go with an open load");
  }

  @Test
  void pack_extraTurretConfig_mayReplaceTheScript() throws Exception {
    project(
        "\"extra_turret_config\": {\"script\": \"test_scripts/VUser.java\"}",
        turret("a", "a.B", ""));
    assertThat(names(TurretArchive.pack(project).get(0))).contains("test_scripts/VUser.java");
  }

  @Test
  void pack_extraFiles_goUnderTheirBaseNames() throws Exception {
    write("data/users.csv", "");
    write("lib/b/b.jar", "");
    write("lib/a.jar", "");
    project(
        "",
        turret(
            "a",
            "./test_scripts/VUser.java",
            "\"extra_files\": [\"data/users.csv\", \"lib/\", \"test_scripts\"]"));
    assertThat(names(TurretArchive.pack(project).get(0)))
        .containsExactly(
            "config.json", "users.csv", "lib/a.jar", "lib/b/b.jar", "test_scripts/VUser.java");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lib/acme.jar#com.acme.X", "lib/acme.jar"})
  void pack_aJarScript_packsTheJar(String script) throws Exception {
    write("lib/acme.jar", "");
    project("", turret("a", script, ""));
    assertThat(names(TurretArchive.pack(project).get(0)))
        .containsExactly("config.json", "lib/acme.jar");
  }

  @Test
  void pack_aPythonScript_packsItForThePythonTurret() throws Exception {
    write("test_scripts/v_user.py", "");
    project("", turret("a", "test_scripts/v_user.py", ""));
    assertThat(names(TurretArchive.pack(project).get(0))).contains("test_scripts/v_user.py");
  }

  @Test
  void pack_aTurretInAFileOfItsOwn() throws Exception {
    write("turrets/a.json", turret("a", "test_scripts/VUser.java", ""));
    project("", "\"turrets/a.json\"");
    assertThat(names(TurretArchive.pack(project).get(0))).contains("test_scripts/VUser.java");
  }

  @ParameterizedTest
  @CsvSource({"../../evil,_._.._evil", "/tmp/evil,_tmp_evil", "a:b*?,a_b__", "Größe 1,Größe 1"})
  void pack_aNameUnfitForAFile_staysInTheProject(String name, String file) throws Exception {
    project("", turret(name, "a.B", ""));
    Path archive = TurretArchive.pack(project).get(0);
    assertThat(archive).isEqualTo(project.resolve(file + ".tar.gz")).exists();
  }

  @Test
  void pack_namesThatBecomeOne_areAFault() {
    project("", turret("a/b", "a.B", ""), turret("a_b", "a.B", ""));
    assertThatThrownBy(() -> TurretArchive.pack(project))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "turret \"a_b\": turret \"a/b\" is packed as a_b.tar.gz too; rename one");
  }

  @Test
  void pack_allFaultsAtOnceAndNothingWritten() throws Exception {
    write("data/config.json", "");
    project(
        "",
        turret("a", "test_scripts/Gone.java", "\"extra_files\": [\"gone.csv\", 7, \".\"]"),
        turret("b", "../VUser.java", "\"extra_files\": \"text\""),
        turret("c", "no file", "\"extra_files\": [\"data/config.json\"]"));
    assertThatThrownBy(() -> TurretArchive.pack(project))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("turret \"a\": \"extra_files\": \"gone.csv\" is not there")
        .hasMessageContaining("looked for " + project.resolve("gone.csv"))
        .hasMessageContaining("\"extra_files\": \"7\" is not the path")
        .hasMessageContaining("\"extra_files\": \".\" is not the path")
        .hasMessageContaining("turret \"a\": \"script\": \"test_scripts/Gone.java\" is not there")
        .hasMessageContaining("turret \"b\": \"script\": \"../VUser.java\" lies outside")
        .hasMessageContaining("turret \"b\": \"extra_files\": \"text\" is not a list")
        .hasMessageContaining("turret \"c\": \"script\": \"no file\" is not there")
        .hasMessageContaining("would be config.json in the archive");
    try (Stream<Path> files = Files.list(project)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("config.json", "data", "test_scripts");
    }
  }

  @Test
  void pack_anAbsoluteScript_isAFault() {
    project("", turret("a", project.resolve("test_scripts/VUser.java").toString(), ""));
    assertThatThrownBy(() -> TurretArchive.pack(project)).hasMessageContaining("lies outside");
  }

  @Test
  void pack_twoFilesOfOneName_areAFault() {
    write("a/users.csv", "");
    write("b/users.csv", "");
    project("", turret("a", "a.B", "\"extra_files\": [\"a/users.csv\", \"b/users.csv\"]"));
    assertThatThrownBy(() -> TurretArchive.pack(project))
        .hasMessageContaining("\"b/users.csv\" would be users.csv in the archive");
  }

  @Test
  void pack_aPortThatTheSystemPicks_isAFault() {
    project("\"publish_port\": 0", turret("a", "a.B", ""));
    assertThatThrownBy(() -> TurretArchive.pack(project))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("turret \"a\": \"hq_publisher\": 0 is not");
  }

  @Test
  void pack_noProject_isAFault() {
    assertThatThrownBy(() -> TurretArchive.pack(folder.resolve("nowhere")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("config.json");
  }

  @Test
  void pack_twice_givesTheSameBytes() throws Exception {
    project("", turret("a", "test_scripts/VUser.java", ""));
    byte[] first = Files.readAllBytes(TurretArchive.pack(project).get(0));
    assertThat(Files.readAllBytes(TurretArchive.pack(project).get(0))).isEqualTo(first);
  }

  @Test
  void pack_keepsTheAgeOfFilesAndSaysNothingOfTheirOwner() throws Exception {
    Instant age = Instant.parse("2026-01-02T03:04:05.678Z");
    Files.setLastModifiedTime(project.resolve("test_scripts/VUser.java"), FileTime.from(age));
    project("", turret("a", "test_scripts/VUser.java", ""));
    TarArchiveEntry script = entries(TurretArchive.pack(project).get(0)).get(1);
    assertThat(script.getLastModifiedTime().toInstant()).isEqualTo("2026-01-02T03:04:05Z");
    assertThat(script.getUserName()).isEmpty();
    assertThat(script.getLongUserId()).isZero();
  }

  @Test
  void pack_whereNothingCanBeWritten_saysSo() throws Exception {
    project("", turret("a", "a.B", ""));
    Files.createDirectories(project.resolve("a.tar.gz/full"));
    assertThatThrownBy(() -> TurretArchive.pack(project))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("cannot write " + project.resolve("a.tar.gz"));
    assertThat(project.resolve("a.tar.gz.part")).doesNotExist();
  }

  private void project(String settings, String... turrets) {
    String more = settings.isEmpty() ? "" : ", " + settings;
    write("config.json", "{" + HEAD + more + ", \"turrets\": [" + String.join(",", turrets) + "]}");
  }

  private static String turret(String name, String script, String settings) {
    return "{\"name\": \"%s\", \"cannons\": 1, \"rampup\": 0, \"script\": \"%s\"%s}"
        .formatted(name, script, settings.isEmpty() ? "" : ", " + settings);
  }

  private void write(String name, String text) {
    try {
      Path file = project.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private JsonNode packedConfig() throws IOException {
    try (UnpackedTurret turret = TurretArchive.unpack(TurretArchive.pack(project).get(0))) {
      return new ObjectMapper().readTree(turret.config().toFile());
    }
  }

  private static List<String> names(Path archive) throws IOException {
    return entries(archive).stream().map(TarArchiveEntry::getName).toList();
  }

  private static List<TarArchiveEntry> entries(Path archive) throws IOException {
    List<TarArchiveEntry> entries = new ArrayList<>();
    try (InputStream file = Files.newInputStream(archive);
        TarArchiveInputStream tar = new TarArchiveInputStream(ArchiveStreams.tar(file))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        entries.add(entry);
      }
    }
    return entries;
  }
}
