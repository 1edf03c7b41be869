package dev.broadside.loads;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What this process knows of its parent, read where that costs nothing. */
final class OwnProcess {
  private OwnProcess() {}

  /** The parent's id; -1 if there is none that could be known. */
  static long parent() {
    String stat = stat();
    if (stat != null) {
      try {
        return parentIn(stat);
      } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
        // then as Java knows it
      }
    }
    ProcessHandle parent = ProcessHandle.current().parent().orElse(null);
    return parent == null ? -1 : parent.pid();
  }

  /** In {@code 12 (a name) S 34 …} it is 34; the name may have anything in it. */
  static long parentIn(String stat) {
    int state = stat.lastIndexOf(')') + 2;
    int start = stat.indexOf(' ', state) + 1;
    return Long.parseLong(stat.substring(start, stat.indexOf(' ', start)));
  }

  private static @Nullable String stat() {
    try (InputStream in = new FileInputStream("/proc/self/stat")) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return null; // not on this system
    }
  }
}
