package dev.broadside.loads.launch;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** When this process was started; found in {@code /proc}, where a {@code ProcessHandle} costs. */
final class OwnStart {
  private static final int FIELD_AFTER_NAME = 19; // the 22nd of all
  private static final long MILLIS_OF_A_TICK = 10; // 100 a second, on every Linux
  private static final long MILLIS_OF_A_DAY = 86_400_000;

  private OwnStart() {}

  static Instant instant() {
    try {
      long age = age(read("/proc/uptime"), read("/proc/self/stat"));
      if (age >= 0 && age < MILLIS_OF_A_DAY) return Instant.now().minusMillis(age);
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
      // not on this system
    }
    return ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
  }

  /** The process's age in milliseconds, from the system's and from when it began in the latter. */
  static long age(String uptime, String stat) {
    double up = Double.parseDouble(uptime.substring(0, uptime.indexOf(' ')));
    int at = stat.lastIndexOf(')') + 1;
    for (int i = 0; i < FIELD_AFTER_NAME; i++) at = stat.indexOf(' ', at + 1);
    String ticks = stat.substring(at + 1, stat.indexOf(' ', at + 1));
    return Math.max(0, Math.round(up * 1000) - Long.parseLong(ticks) * MILLIS_OF_A_TICK);
  }

  private static String read(String file) throws IOException {
    try (InputStream in = new FileInputStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
