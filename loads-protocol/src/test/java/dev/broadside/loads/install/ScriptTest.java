package dev.broadside.loads.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptTest {
  private static final String NASTY = "it's \"a\" $HOME `id` \\ * @JAR@\n~";

  @TempDir private Path folder;

  @Test
  void values_areTakenAsTheyAre() throws Exception {
    Path echo = folder.resolve("echo it's");
    Files.writeString(echo, "#!/bin/bash\nprintf '<%s>' \"$@\"\n");
    assertThat(echo.toFile().setExecutable(true)).isTrue();
    Path script = folder.resolve("loads-java-once");
    new Script("loads-java-once")
        .word("JAVA", echo.toString())
        .word("JAR", NASTY)
        .word("CLASS_PATH", "")
        .word("ARCHIVE", "")
        .word("ARCHIVE_BYTES", "0")
        .words("FLAGS", List.of("-first", "two words", NASTY))
        .words("ARCHIVE_FLAGS", List.of("unused"))
        .word("MAIN", "Main")
        .write(script);
    Files.createFile(folder.resolve(NASTY));
    Process process =
        new ProcessBuilder(script.toString(), "a b", "").directory(folder.toFile()).start();
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("<-first><two words><" + NASTY + "><-cp><" + NASTY + "><Main><a b><>");
  }

  @Test
  void javaThatIsGone_isSaidInTheLog() throws Exception {
    Path script = folder.resolve("loads-java-once");
    Path jar = Files.createFile(folder.resolve("a.jar"));
    new Script("loads-java-once")
        .word("JAVA", "/no/such/java")
        .word("JAR", jar.toString())
        .word("CLASS_PATH", "/some/classes")
        .word("ARCHIVE", "")
        .word("ARCHIVE_BYTES", "0")
        .words("FLAGS", List.of())
        .words("ARCHIVE_FLAGS", List.of())
        .word("MAIN", "Main")
        .write(script);
    Process process =
        new ProcessBuilder(script.toString(), "--log", "my log", "a.Test")
            .directory(folder.toFile())
            .start();
    String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(127);
    assertThat(said).contains("/no/such/java").contains("run install again");
    assertThat(Files.readAllLines(folder.resolve("my log")))
        .singleElement(InstanceOfAssertFactories.STRING)
        .matches("[-0-9]{10}T[0-9:.]{12}Z ERROR user .* process " + process.pid() + ": .*")
        .contains("/no/such/java");
  }

  @Test
  void missingValue_isAnError() {
    assertThatThrownBy(() -> new Script("loads-java").text()).hasMessageContaining("@ONCE@");
  }
}
