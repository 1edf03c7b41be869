package dev.broadside.loads.resident;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The process of a launcher, as Linux shows it in {@code /proc}. Whatever is read of a process that
 * is gone fails with an {@link IOException}.
 *
 * @param pid its id
 * @param parent the id of the parent it began with
 * @param argumentCount how many of its arguments, the last ones, are meant for the runner
 */
record LauncherProcess(long pid, long parent, int argumentCount) {
  private static final Path PROC = Path.of("/proc");
  private static final double TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux
  private static final int PARENT = 1; // of what follows the name in stat, counted from 0
  private static final int START = 19;

  /** Whether it runs for the user that runs this process. */
  boolean isOfThisUser() throws IOException {
    return owner(folder()).equals(owner(PROC.resolve("self")));
  }

  private static Object owner(Path folder) throws IOException {
    return Files.getAttribute(folder, "unix:uid");
  }

  /** Its working folder, without symbolic links. */
  Path workingFolder() throws IOException {
    return folder().resolve("cwd").toRealPath();
  }

  /** The environment it began with. */
  Map<String, String> environment() throws IOException {
    Map<String, String> environment = new LinkedHashMap<>();
    for (String entry : strings("environ")) {
      int equals = entry.indexOf('=');
      if (equals > 0)
        environment.putIfAbsent(entry.substring(0, equals), entry.substring(equals + 1));
    }
    return environment;
  }

  /** The arguments that are meant for the runner. */
  List<String> arguments() throws IOException {
    List<String> all = strings("cmdline");
    if (all.size() < argumentCount)
      throw new IOException("process " + pid + " has other arguments");
    return List.copyOf(all.subList(all.size() - argumentCount, all.size()));
  }

  /** How long ago it was started. */
  Duration age() throws IOException {
    String uptime = Files.readString(PROC.resolve("uptime"));
    double now = Double.parseDouble(uptime.substring(0, uptime.indexOf(' ')));
    double started = Long.parseLong(stat().get(START)) / TICKS_PER_SECOND;
    return Duration.ofMillis(Math.max(0, Math.round((now - started) * 1000)));
  }

  /** Whether its parent has ended: it then has another one. False when it is gone itself. */
  boolean isOrphan() {
    try {
      return Long.parseLong(stat().get(PARENT)) != parent;
    } catch (IOException e) {
      return false; // its connection tells
    }
  }

  /** What follows the name, which may itself contain spaces and parentheses. */
  private List<String> stat() throws IOException {
    String stat = new String(read("stat"), StandardCharsets.UTF_8);
    return List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
  }

  private List<String> strings(String file) throws IOException {
    List<String> strings = new ArrayList<>();
    byte[] bytes = read(file);
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != 0) continue;
      strings.add(new String(bytes, start, i - start, StandardCharsets.UTF_8));
      start = i + 1;
    }
    return strings;
  }

  private byte[] read(String file) throws IOException {
    byte[] bytes = Files.readAllBytes(folder().resolve(file));
    if (bytes.length == 0) throw new NoSuchFileException("process " + pid + " has ended");
    return bytes;
  }

  private Path folder() {
    return PROC.resolve(Long.toString(pid));
  }
}
