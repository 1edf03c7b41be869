package dev.broadside.oct.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Temporary folders and the ends of processes; each process is a child with a tmpdir of its own.
 */
@Timeout(60)
class LeftoversTest {
  /** Unpacks, says where, and ends as it is told. */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
      try {
        UnpackedTurret turret = TurretArchive.unpack(Path.of(arguments[0]));
        System.out.println(turret.folder());
        if (System.in.read() == 'x') System.exit(3);
        throw new IllegalStateException("told so");
      } catch (ArchiveException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @TempDir Path folder;
  private Path archive;
  private Path temp;

  @BeforeEach
  void anArchiveAndATempFolder() throws Exception {
    archive = Tar.withConfig().writeTo(folder.resolve("a.tar.gz"));
    temp = Files.createDirectory(folder.resolve("tmp"));
  }

  @Test
  void exit_deletesTheFolder() throws Exception {
    endsClean("x", process -> {});
  }

  @Test
  void exception_deletesTheFolder() throws Exception {
    endsClean("y", process -> {});
  }

  @Test
  void sigterm_deletesTheFolder() throws Exception {
    endsClean("", Process::destroy);
  }

  @Test
  void sweep_deletesWhatAKilledProcessLeftAndNothingElse() throws Exception {
    Process killed = start();
    Path leftover = Path.of(line(killed));
    killed.destroyForcibly().waitFor();
    assertThat(leftover).exists();
    Path other = Files.createDirectory(temp.resolve("broadside-turret-of-somebody"));
    Path link = Files.createSymbolicLink(temp.resolve("broadside-turret-1-link-"), folder);
    Process living = start();
    Path inUse = Path.of(line(living));
    assertThat(leftover.getParent()).doesNotExist(); // swept by the second process
    Process third = start();
    assertThat(Path.of(line(third))).exists();
    assertThat(inUse.resolve("config.json")).exists();
    assertThat(other).exists();
    assertThat(link).exists();
    assertThat(archive).exists();
    end(living, "x");
    end(third, "x");
  }

  @Test
  void unpack_withoutCommonsCompress_namesIt() throws Exception {
    Process process = start("commons-compress");
    assertThat(line(process))
        .contains("org.apache.commons:commons-compress", "add it to the dependencies");
    end(process, "");
  }

  @Test
  void unpack_xzWithoutItsLibrary_namesIt() throws Exception {
    Files.write(archive, new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0});
    Process process = start("tukaani");
    assertThat(line(process)).contains("needs the library org.tukaani:xz");
    end(process, "");
  }

  private void endsClean(String order, Consumer<Process> end) throws Exception {
    Process process = start();
    assertThat(Path.of(line(process))).startsWith(temp).exists();
    end.accept(process);
    end(process, order);
    assertThat(temp).isEmptyDirectory();
  }

  private static void end(Process process, String order) throws Exception {
    try (var in = process.outputWriter()) {
      if (process.isAlive()) in.write(order);
    } catch (IOException e) {
      assertThat(order).isEmpty(); // it has ended by itself
    }
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  private Process start() throws Exception {
    return start("nothing-of-that-name");
  }

  private Process start(String missing) throws Exception {
    String classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains(missing))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Djava.io.tmpdir=" + temp, "-cp", classPath, Main.class.getName()));
    command.add(archive.toString());
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static String line(Process process) throws Exception {
    BufferedReader out = process.inputReader();
    String line = out.readLine();
    return line == null ? "" : line;
  }
}
