package dev.broadside.loads.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTemplateTest {
  private static final String TEST = "my test's \"name\"";

  @Test
  void words_areThoseOfTheOriginal() {
    assertThat(words("./loadsjs/runner.js {test}")).containsExactly("./loadsjs/runner.js", TEST);
  }

  @Test
  void words_keepATestNameWithBlanksInItsWord() {
    assertThat(words("run --only={test}/x '{test}'"))
        .containsExactly("run", "--only=" + TEST + "/x", TEST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b  c\td",
        "  a  ",
        "a 'b c' d",
        "a \"b c\" d",
        "a b\\ c d",
        "a ''",
        "a \"\" b",
        "a'b'\"c\"d",
        "a '\\'",
        "a '\"' \"'\"",
        "a \"\\\"\" \"\\\\\" \"\\n\" \"\\$x\"",
        "a \\' \\\" \\\\ \\a",
        "a 'ü 😀'",
        "a '*' \\* \\~",
      })
  void words_areThoseOfAShell(String line) throws Exception {
    assertThat(CommandTemplate.parse(line).words(TEST)).isEqualTo(shellWords(line));
  }

  private static List<String> shellWords(String line) throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder("/bin/sh", "-c", "for w in " + line + "; do printf '%s\\0' \"$w\"; done")
            .start();
    String out = new String(shell.getInputStream().readAllBytes(), "UTF-8");
    assertThat(shell.waitFor()).isZero();
    return List.of(out.split("\0", -1)).subList(0, out.split("\0", -1).length - 1);
  }

  @Test
  void words_meanNothingElseToUs() {
    assertThat(words("a $HOME `b` *.java ~ {x} {{test}} | > &"))
        .containsExactly(
            "a", "$HOME", "`b`", "*.java", "~", "{x}", "{" + TEST + "}", "|", ">", "&");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a 'b | an unclosed ' at character 3",
        "a \"b | an unclosed \" at character 3",
        "a b\\ | a \\ with nothing behind it at character 4",
      })
  void parse_saysWhatIsWrong(String line, String fault) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CommandTemplate.parse(line))
        .withMessage("the command of the runner has " + fault + ": " + line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void parse_refusesAnEmptyCommand(String line) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CommandTemplate.parse(line))
        .withMessage("the command of the runner is empty");
  }

  private static List<String> words(String line) {
    return CommandTemplate.parse(line).words(TEST);
  }
}
