package dev.broadside.loads.resident;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortFileTest {
  @TempDir private Path folder;

  @Test
  void folderThatIsOpenToOthers_isRefused() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThatThrownBy(() -> PortFile.in(folder, "name"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is open to others");
  }
}
