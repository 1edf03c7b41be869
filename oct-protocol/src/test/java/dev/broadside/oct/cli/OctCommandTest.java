package dev.broadside.oct.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.oct.hq.HqConfig;
import dev.broadside.users.Transaction;
import dev.broadside.users.TransactionContext;
import dev.broadside.users.UserContext;
import dev.broadside.users.script.LoadedScript;
import dev.broadside.users.script.ScriptLoader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OctCommandTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "new-project --help",
        "pack-turrets --help",
        "pack --help",
        "run --help",
        "run-device --help",
        "rebuild-results --help",
        "rebuild --help",
        "results-to-csv --help",
        "to-csv --help",
        "turret --help",
        "turret start --help"
      })
  void help_isThereForEachCommand(String line) {
    assertThat(execute(line.split(" "))).isZero();
    assertThat(out.toString()).startsWith("Usage: oct");
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | oct: Missing required subcommand (see oct --help)",
        "fire | oct: unknown argument: fire (see oct --help)",
        "run | oct run: Missing required parameter: 'PROJECT' (see oct run --help)",
        "run nowhere | oct run: nowhere is not a folder; oct new-project makes a project",
        "run . --fast | oct run: unknown option: --fast (see oct run --help)",
        "run --web nowhere | oct run: nowhere is not a folder; oct new-project makes a project",
        "run --web 0 nowhere | oct run: nowhere is not a folder; oct new-project makes a project",
        "run nowhere --web | oct run: nowhere is not a folder; oct new-project makes a project",
        "run nowhere --web *:0 | oct run: nowhere is not a folder; oct new-project makes a project",
        "rebuild nowhere | oct rebuild-results: nowhere is not a folder",
        "to-csv nowhere.sqlite out.csv | oct results-to-csv: nowhere.sqlite is not a file",
        "to-csv nowhere.sqlite | oct results-to-csv: Missing required parameter: 'OUTPUT_FILE' (see"
            + " oct results-to-csv --help)",
        "to-csv mysql://u:p@h/d out.csv | oct results-to-csv: mysql://…@h/d is not a path and not a"
            + " JDBC URL; expected for example"
            + " jdbc:mysql://HOST/DATABASE?user=USER&password=PASSWORD",
        "pack nowhere | oct pack-turrets: nowhere is not a folder; oct new-project makes a project",
        "run-device streamer -f 5001 | oct run-device: Missing required option: '--backend=PORT'"
            + " (see oct run-device --help)",
        "run-device forwarder -f 70000 -b 0 | oct run-device: --frontend: port not between 0 and"
            + " 65535: 70000",
        "run-device mixer -f 0 -b 0 | oct run-device: Invalid value for positional parameter at index"
            + " 0 (DEVICE): expected one of [FORWARDER, STREAMER] (case-insensitive) but was 'mixer'"
            + " (see oct run-device --help)",
        "turret | oct turret: Missing required subcommand (see oct turret --help)",
        "turret start --tar a --config-file b | oct turret start: --config-file=FILE, --tar=FILE are"
            + " mutually exclusive (specify only one) (see oct turret start --help)",
        "turret start --tar nowhere.tar | oct turret start: nowhere.tar is not a file",
        "turret start --tar a --hq-timeout -1 | oct turret start: --hq-timeout: -1.0 is not a number"
            + " of seconds, 0 or more",
      })
  void aWrongUse_isToldInOneLine(String line, String told) {
    String[] arguments = line.isEmpty() ? new String[0] : line.split(" ");
    assertThat(execute(arguments)).isEqualTo(2);
    assertThat(err.toString().lines()).containsExactly(told);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void run_saysWhatADevicesAddressLooksLike() throws Exception {
    Files.writeString(
        folder.resolve("config.json"),
        "{\"run_time\": 1, \"results_ts_interval\": 1, \"testing\": false, \"progress_bar\": false,"
            + " \"turrets\": []}");
    for (String option :
        List.of("--forwarder-address", "--streamer-address", "--orders-forwarder")) {
      err.getBuffer().setLength(0);
      assertThat(execute("run", folder.toString(), option, "10.0.0.4")).isEqualTo(2);
      assertThat(err.toString().strip())
          .isEqualTo("oct run: " + option + ": 10.0.0.4 is not HOST:PORT, as in 10.0.0.4:5001");
    }
    err.getBuffer().setLength(0);
    assertThat(execute("run", folder.toString(), "--streamer-address", "10.0.0.4:0")).isEqualTo(2);
    assertThat(err.toString().strip()).isEqualTo("oct run: port 0 is for binding only");
  }

  @Test
  void run_saysThatResultsCannotBeKeptBeforeATurretComes() throws Exception {
    for (String database : List.of("nowhere/all.sqlite", "jdbc:mariadb://db/shop")) {
      Files.writeString(
          folder.resolve("config.json"),
          "{\"run_time\": 1, \"results_ts_interval\": 1, \"testing\": false, \"progress_bar\": false,"
              + " \"turrets\": [], \"results_database\": {\"db_uri\": \""
              + database
              + "\"}}");
      err.getBuffer().setLength(0);
      assertThat(execute("run", folder.toString())).isEqualTo(2);
      assertThat(err.toString().lines()).singleElement().asString().startsWith("oct run: results ");
      assertThat(folder.resolve("results")).isEmptyDirectory();
    }
  }

  @Test
  void turretStart_needsASource() {
    assertThat(execute("turret", "start")).isEqualTo(2);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("--config-file=FILE | --tar=FILE");
  }

  @Test
  void turretStart_tellsEachFaultOfAConfiguration() throws Exception {
    Path config = folder.resolve("turret.json");
    Files.writeString(config, "{\"name\": \"\", \"cannons\": 0, \"rampup\": \"soon\"}");
    assertThat(execute("turret", "start", "--config-file", config.toString())).isEqualTo(2);
    List<String> lines = err.toString().lines().toList();
    assertThat(lines).hasSize(7).allMatch(line -> line.startsWith("oct turret start: " + config));
    assertThat(lines).anyMatch(line -> line.contains("\"cannons\": 0 is not a whole number"));
  }

  @Test
  void turretStart_saysThatTheAddressIsEmpty() throws Exception {
    Path config = folder.resolve("turret.json");
    Files.writeString(
        config,
        """
        {"name": "navigation", "cannons": 1, "rampup": 0, "script": "VUser.java",
         "hq_address": "", "hq_publisher": 5000, "hq_rc": 5001}
        """);
    assertThat(execute("turret", "start", "--config-file", config.toString())).isEqualTo(2);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("\"hq_address\" is empty");
  }

  @Test
  void run_tellsEachFaultOfAConfiguration() throws Exception {
    Files.writeString(folder.resolve("config.json"), "{\"run_time\": -1, \"turrets\": [3]}");
    assertThat(execute("run", folder.toString())).isEqualTo(2);
    assertThat(err.toString().lines())
        .hasSizeGreaterThan(3)
        .allMatch(line -> line.startsWith("oct run: " + folder.resolve("config.json")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop", "65536", "127.0.0.1", "::1:5080", ":5080"})
  void run_saysWhatIsWrongWithThePlaceOfTheLivePage(String place) {
    String project = folder.resolve("shop").toString();
    execute("new-project", project);
    assertThat(execute("run", "--web=" + place, project)).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            "oct run: --web: " + place + " is no port from 0 to 65535, nor ADDRESS:PORT");
  }

  @Test
  void toCsv_leavesTheDatabaseAsItIs() throws Exception {
    Path database = Files.writeString(folder.resolve("results.sqlite"), "rows");
    String file = database.toString();
    assertThat(execute("to-csv", file, file)).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly("oct results-to-csv: " + file + " is the database itself");
    assertThat(database).hasContent("rows");
  }

  @Test
  void rebuild_saysThatThereIsNoDatabase() {
    assertThat(execute("rebuild", folder.toString())).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            "oct rebuild-results: " + folder.resolve("results.sqlite") + " is not a file");
  }

  @Test
  void rebuild_saysThatItIsNoDatabase() throws Exception {
    Files.writeString(folder.resolve("results.sqlite"), "not a database, just a text".repeat(100));
    assertThat(execute("rebuild", folder.toString())).isEqualTo(1);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("results.sqlite", "not a database");
  }

  @Test
  void newProject_isValidAndItsTransactionRuns() throws Exception {
    Path project = folder.resolve("shop");
    assertThat(execute("new-project", project.toString())).isZero();

    HqConfig config = HqConfig.read(project);
    assertThat(config.turrets()).hasSize(1);
    try (LoadedScript script = ScriptLoader.load(config.turrets().get(0).script(), project)) {
      UserContext user = UserContext.of(1, "navigation");
      Transaction transaction = script.factory().apply(user);
      TransactionContext context = TransactionContext.of(user);
      transaction.setUp(context);
      transaction.run(context);
      transaction.tearDown(context);
      assertThat(context.timers()).containsOnlyKeys("search", "add to basket");
    }
  }

  @Test
  void newProject_leavesWhatIsThereAlone() throws Exception {
    Path project = Files.createDirectory(folder.resolve("shop"));
    assertThat(execute("new-project", project.toString())).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly("oct new-project: " + project + " exists already; it is left as it is");
    assertThat(project).isEmptyDirectory();
  }

  @Test
  void packTurrets_saysHowToStartThem() {
    Path project = folder.resolve("shop");
    execute("new-project", project.toString());
    assertThat(execute("pack", project.toString())).isZero();
    Path archive = project.resolve("navigation.tar.gz");
    assertThat(archive).isRegularFile();
    assertThat(out.toString()).contains("Packed " + archive, "oct turret start --tar " + archive);
  }

  private int execute(String... arguments) {
    return OctCommand.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
