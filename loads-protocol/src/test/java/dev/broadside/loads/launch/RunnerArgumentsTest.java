package dev.broadside.loads.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.broadside.loads.TimersAs;
import dev.broadside.users.LoadProfile;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunnerArgumentsTest {
  private static final Map<String, String> NO_VARIABLES = Map.of();

  @Test
  void parse_takesATestAlone() throws Exception {
    assertThat(parse("com.acme.Checkout"))
        .isEqualTo(
            new RunnerArguments(
                "com.acme.Checkout", "", "loads-runner.log", TimersAs.HITS, null, null));
  }

  @Test
  void parse_takesOptionsAnywhereAndInBothForms() throws Exception {
    RunnerArguments arguments =
        parse("--classpath=a:b", "Test", "--log", "x.log", "--timers", "Counters", "--stay=0.25");
    assertThat(arguments)
        .isEqualTo(
            new RunnerArguments(
                "Test", "a:b", "x.log", TimersAs.COUNTERS, Duration.ofMillis(250), null));
  }

  @Test
  void profile_isAPacingAThinkTimeOrARate() throws Exception {
    Duration least = Duration.ofMillis(50);
    Duration most = Duration.ofMillis(150);
    assertThat(parse("T", "--pacing=50ms").profile()).isEqualTo(LoadProfile.closed().pacing(least));
    assertThat(parse("T", "--pacing", "50ms,150ms").profile())
        .isEqualTo(LoadProfile.closed().pacing(least, most));
    assertThat(parse("T", "--think-time", "0.05s,150ms").profile())
        .isEqualTo(LoadProfile.closed().thinkTime(least, most));
    assertThat(parse("T", "--rate", "120/min").profile()).isEqualTo(LoadProfile.rate(2));
  }

  @Test
  void classPath_isTheOptionThenOurVariableThenTheCommonOne() throws Exception {
    Map<String, String> both = Map.of("BROADSIDE_CLASSPATH", "ours", "CLASSPATH", "common");
    Map<String, String> oneEmpty = Map.of("BROADSIDE_CLASSPATH", "", "CLASSPATH", "common");
    List<String> test = List.of("Test");
    assertThat(RunnerArguments.parse(List.of("-cp", "given", "Test"), both).classPath())
        .isEqualTo("given");
    assertThat(RunnerArguments.parse(test, both).classPath()).isEqualTo("ours");
    assertThat(RunnerArguments.parse(test, oneEmpty).classPath()).isEqualTo("common");
  }

  @Test
  void log_isTheOptionThenTheVariable_evenOfAWrongCommandLine() throws Exception {
    Map<String, String> variables = Map.of("BROADSIDE_LOG", "v.log");
    assertThat(RunnerArguments.parse(List.of("T"), variables).log()).isEqualTo("v.log");
    assertThat(RunnerArguments.logOf(List.of("--nonsense", "--log=x.log"), variables))
        .isEqualTo("x.log");
    assertThat(RunnerArguments.logOf(List.of("--log"), variables)).isEqualTo("v.log");
  }

  @Test
  void classPathIn_resolvesPlacesAndListsJars(@TempDir Path folder) throws Exception {
    Path lib = Files.createDirectory(folder.resolve("lib"));
    Files.createFile(lib.resolve("b.jar"));
    Files.createFile(lib.resolve("a.jar"));
    Files.createFile(lib.resolve("c.txt"));
    String places = String.join(File.pathSeparator, "classes", "", "lib/*", "/abs/x.jar", "no/*");
    assertThat(parse("-cp", places, "T").classPathIn(folder))
        .containsExactly(
            folder.resolve("classes"),
            lib.resolve("a.jar"),
            lib.resolve("b.jar"),
            Path.of("/abs/x.jar"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                | no TEST is named",
        "A B               | two tests are named, A and B; a runner takes one",
        "--fast A          | unknown option --fast",
        "A --classpath     | --classpath has no value",
        "A --timers often  | --timers: often is none of hits, counters, nothing",
        "A --stay long     | --stay: long is not a number of seconds",
        "A --stay -1       | --stay: -1 is not a number of seconds",
        "A --pacing 0s     | --pacing: pacing <= 0: PT0S",
        "A --pacing often  | --pacing: \"often\" is no time; expected a number and us, ms, s, m or h, as in 10s",
        "A --rate 0/s      | --rate: \"0/s\" is no rate above 0",
        "A --rate 1/s --pacing 1s | expected one of --pacing, --think-time and --rate",
        "A --stay NaN      | --stay: NaN is not a number of seconds",
      })
  void parse_saysWhatIsWrong(String line, String fault) {
    String[] arguments = line.isEmpty() ? new String[0] : line.split(" ");
    assertThatThrownBy(() -> parse(arguments))
        .isInstanceOf(WrongArgumentsException.class)
        .hasMessage(fault);
  }

  private static RunnerArguments parse(String... arguments) throws WrongArgumentsException {
    return RunnerArguments.parse(List.of(arguments), NO_VARIABLES);
  }
}
