package dev.broadside.oct.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Archives as the original's {@code oct pack-turrets} makes them, with python's tarfile; and back.
 */
class PythonArchiveTest {
  /** What oct/utilities/pack.py does with its files. */
  private static final String PACK =
      """
      import os, sys, tarfile
      archive, mode, form, names = sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:]
      tar = tarfile.open(archive, mode, format=getattr(tarfile, form))
      for name in names:
          tar.add(os.path.abspath(name), arcname=name)
      tar.close()
      """;

  @TempDir Path folder;
  private Path archive;

  @BeforeEach
  void aPythonAndFiles() throws Exception {
    assumeThat(python("-c", "import tarfile")).as("python3 is there").isEmpty();
    archive = folder.resolve("navigation.tar.gz");
    Files.createDirectories(folder.resolve("test_scripts/deep"));
    Files.writeString(folder.resolve("config.json"), "{}");
    Files.writeString(folder.resolve("test_scripts/v_user.py"), "class Transaction");
    Files.writeString(folder.resolve("test_scripts/deep/größe.csv"), "größe");
    Files.createLink(
        folder.resolve("test_scripts/hard.py"), folder.resolve("test_scripts/v_user.py"));
    Files.createSymbolicLink(folder.resolve("test_scripts/link.py"), Path.of("v_user.py"));
  }

  @ParameterizedTest
  @CsvSource({
    "w:gz,GNU_FORMAT",
    "w:gz,PAX_FORMAT",
    "w:gz,USTAR_FORMAT",
    "w,PAX_FORMAT",
    "w:bz2,GNU_FORMAT"
  })
  void unpack_whatPythonPacked(String mode, String format) throws Exception {
    assertThat(pack(mode, format, "config.json", "test_scripts")).isEmpty();
    try (UnpackedTurret turret = TurretArchive.unpack(archive)) {
      assertThat(turret.config()).hasContent("{}");
      Path scripts = turret.folder().resolve("test_scripts");
      for (String name : List.of("v_user.py", "hard.py", "link.py")) {
        assertThat(scripts.resolve(name)).hasContent("class Transaction");
      }
      assertThat(scripts.resolve("deep/größe.csv")).hasContent("größe");
    }
  }

  @Test
  void unpack_namesThatBeginWithADot() throws Exception {
    assertThat(pack("w:gz", "GNU_FORMAT", "./config.json", "./test_scripts")).isEmpty();
    try (UnpackedTurret turret = TurretArchive.unpack(archive)) {
      assertThat(turret.folder().resolve("test_scripts/v_user.py")).exists();
    }
  }

  @Test
  void unpack_aLinkOutOfTheArchive_isRefused() throws Exception {
    Files.createSymbolicLink(folder.resolve("python"), Path.of("/usr/bin/python3"));
    assertThat(pack("w:gz", "GNU_FORMAT", "config.json", "python")).isEmpty();
    assertThatThrownBy(() -> TurretArchive.unpack(archive))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("\"python\" is a link that leaves the folder: /usr/bin/python3");
  }

  @Test
  void pack_pythonReadsIt() throws Exception {
    Path project = folder.resolve("project");
    Files.createDirectories(project.resolve("ü".repeat(60)));
    Files.writeString(project.resolve("ü".repeat(60) + "/VUser.java"), "class");
    Files.writeString(
        project.resolve("config.json"),
        """
        {"run_time": 1, "results_ts_interval": 1, "testing": false, "progress_bar": false,
         "turrets": [{"name": "a", "cannons": 1, "rampup": 0, "script": "%s/VUser.java"}]}
        """
            .formatted("ü".repeat(60)));
    Path packed = TurretArchive.pack(project).get(0);
    String list =
        "import sys, tarfile; names = tarfile.open(sys.argv[1]).getnames();"
            + " sys.stdout.buffer.write('|'.join(names).encode())";
    assertThat(python("-c", list, packed.toString()))
        .isEqualTo("config.json|" + "ü".repeat(60) + "/VUser.java");
  }

  private String pack(String mode, String format, String... names) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("-c", PACK, archive.toString(), mode, format));
    arguments.addAll(List.of(names));
    return python(arguments.toArray(String[]::new));
  }

  /** What it prints, errors too. */
  private String python(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(interpreter()));
    command.addAll(List.of(arguments));
    Path output = folder.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("PYTHONUTF8", "1");
    try {
      Process process = builder.redirectOutput(output.toFile()).start();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return Files.readString(output);
    } catch (IOException e) {
      return e.toString(); // no python
    }
  }

  private static String interpreter() {
    return Files.isExecutable(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";
  }
}
