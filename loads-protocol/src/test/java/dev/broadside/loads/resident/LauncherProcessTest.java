package dev.broadside.loads.resident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherProcessTest {
  private static final long OWN_PID = ProcessHandle.current().pid();

  @TempDir private Path folder;

  @BeforeEach
  void needProc() {
    if (!"true".equals(System.getenv("CI"))) assumeTrue(Files.exists(Path.of("/proc/self/stat")));
  }

  @Test
  void process_isReadAsItBegan() throws Exception {
    Path script = Files.writeString(folder.resolve("a) script (1"), "read x\n");
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", script.toString(), "two words", "", "ümlaut", "a\nb")
            .directory(folder.toFile());
    builder.environment().put("LOADS_RUN_ID", "");
    builder.environment().put("LOADS_AGENT_ID", "a=b");
    Process process = builder.start();
    try {
      LauncherProcess launcher = new LauncherProcess(process.pid(), OWN_PID, 4);
      assertThat(launcher.isOfThisUser()).isTrue();
      assertThat(launcher.isOrphan()).isFalse();
      assertThat(launcher.workingFolder()).isEqualTo(folder.toRealPath());
      assertThat(launcher.arguments()).isEqualTo(List.of("two words", "", "ümlaut", "a\nb"));
      assertThat(launcher.environment())
          .containsEntry("LOADS_RUN_ID", "")
          .containsEntry("LOADS_AGENT_ID", "a=b");
      assertThat(launcher.age()).isBetween(Duration.ZERO, Duration.ofSeconds(20));
      assertThat(new LauncherProcess(process.pid(), 1, 0).isOrphan()).isTrue();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void processThatIsGone_cannotBeRead() throws Exception {
    Process process = new ProcessBuilder("/bin/true").start();
    process.waitFor();
    LauncherProcess launcher = new LauncherProcess(process.pid(), OWN_PID, 0);
    assertThatThrownBy(launcher::environment).isInstanceOf(IOException.class);
    assertThatThrownBy(launcher::age).isInstanceOf(IOException.class);
    assertThatThrownBy(launcher::isOfThisUser).isInstanceOf(IOException.class);
    assertThat(launcher.isOrphan()).isFalse();
  }

  @Test
  void fewerArgumentsThanTold_areRefused() {
    assertThatThrownBy(() -> new LauncherProcess(OWN_PID, 1, 1_000_000).arguments())
        .isInstanceOf(IOException.class);
  }
}
