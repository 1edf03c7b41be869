package dev.broadside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is left of many runs in a process of their own, which has neither JeroMQ nor Jackson on its
 * class path: a run needs no network.
 */
@EnabledOnOs(OS.LINUX) // its /proc tells of sockets
@Timeout(300)
class LeakTest {
  private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java") + "";

  @TempDir Path work;
  @TempDir Path folder;

  @Test
  void run_leavesNothingBehind() throws Exception {
    assertThat(lines(command("5", "200", ""))).containsExactly("done");
  }

  @Test
  void traces_showWhatIsLeft() throws Exception {
    List<String> lines = lines(command("5", "10", "leaking"));
    assertThat(lines)
        .contains("thread leak-PLATFORM-1", "thread leak-PLATFORM-run", "thread leak-PLATFORM-load")
        .anyMatch(line -> line.startsWith("socket:"))
        .anyMatch(line -> line.startsWith("file leak"));
    if (Runtime.version().feature() >= 21)
      assertThat(lines).contains("virtual thread leak-VIRTUAL-1");
  }

  @Test
  void run_thatIsRefusedAThread_endsAndSaysHowManyUsersItHad() throws Exception {
    String run = String.join(" ", command("-Xss256m", "refused"));
    List<String> lines = lines(List.of("sh", "-c", "ulimit -v 8000000; exec " + run));
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).matches("the system refused a thread: [1-9][0-9]? users run");
    assertThat(lines.get(1)).isEqualTo("false after 0");
  }

  private List<String> command(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                JAVA, "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xlog:disable"));
    Stream.of(arguments).filter(each -> each.startsWith("-X")).forEach(command::add);
    command.addAll(
        List.of("-Djava.io.tmpdir=" + folder, "-cp", classPath(), RunsInARow.class.getName()));
    Stream.of(arguments).filter(each -> !each.startsWith("-X")).forEach(command::add);
    return command;
  }

  private static String classPath() {
    return Stream.of(Broadside.class, RunsInARow.class, Histogram.class)
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private List<String> lines(List<String> command) throws Exception {
    Path out = work.resolve("out.txt");
    Path log = work.resolve("log.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(240, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(log)).isZero();
      return Files.readAllLines(out);
    } finally {
      process.destroyForcibly();
    }
  }
}
