package dev.broadside.loads.collector;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Ends processes together with all that they have started. With {@code setsid} each has a session,
 * and so a process group, of its own; a signal to the group reaches what the process has left
 * behind as well. Without it only what is still a descendant is reached.
 */
final class ProcessGroups {
  private static final Logger LOG = System.getLogger(ProcessGroups.class.getName());

  private static final @Nullable Path SETSID = onPath("setsid");

  /** Prints the groups that the signal has reached; one that is not there yet gets it directly. */
  private static final String SIGNAL =
      "s=$1; shift; for p; do"
          + " if kill -s $s -- -$p 2>/dev/null; then echo $p;"
          + " else kill -s $s $p 2>/dev/null; fi; done";

  private ProcessGroups() {}

  /** This command in a group of its own, where the system has a way to. */
  static List<String> inOwnGroup(List<String> command) {
    return SETSID == null
        ? command
        : Stream.concat(Stream.of(SETSID.toString()), command.stream()).toList();
  }

  /** Where this program is on the PATH; null if it is not. */
  static @Nullable Path onPath(String program) {
    String path = System.getenv("PATH");
    if (path == null) return null;
    return Stream.of(path.split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder.isEmpty() ? "." : folder, program))
        .filter(ProcessGroups::isProgram)
        .findFirst()
        .orElse(null);
  }

  static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }

  /** Asks them to end. */
  static void terminate(Collection<Process> leaders) {
    if (SETSID == null) leaders.forEach(Process::destroy);
    else signal("TERM", leaders);
  }

  /**
   * Ends them, and what is left of their groups.
   *
   * @return those of the leaders whose group was not empty yet
   */
  static Set<Process> kill(Collection<Process> leaders) {
    if (SETSID != null) return signal("KILL", leaders);
    for (Process leader : leaders) {
      leader.descendants().forEach(ProcessHandle::destroyForcibly);
      leader.destroyForcibly();
    }
    return Set.of();
  }

  private static Set<Process> signal(String name, Collection<Process> leaders) {
    List<Process> ours = leaders.stream().filter(ProcessGroups::mayHaveGroup).toList();
    if (ours.isEmpty()) return Set.of();
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", SIGNAL, "sh", name));
    ours.forEach(leader -> command.add(Long.toString(leader.pid())));
    Set<String> reached = lines(command);
    Set<Process> living = new HashSet<>();
    for (Process leader : ours) {
      if (reached.contains(Long.toString(leader.pid()))) living.add(leader);
    }
    return living;
  }

  /**
   * Whether a group of this number can be that of the leader: while a group lives, no new process
   * gets its number. So when the leader has ended and a process of its number is there, the group
   * was empty, and the process is a stranger's.
   */
  private static boolean mayHaveGroup(Process leader) {
    return leader.isAlive() || ProcessHandle.of(leader.pid()).isEmpty();
  }

  private static Set<String> lines(List<String> command) {
    Set<String> lines = new HashSet<>();
    try {
      Process shell = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
      shell.getOutputStream().close();
      try (BufferedReader out =
          new BufferedReader(
              new InputStreamReader(shell.getInputStream(), StandardCharsets.US_ASCII))) {
        for (String line = out.readLine(); line != null; line = out.readLine()) lines.add(line);
      }
    } catch (IOException e) {
      LOG.log(Level.ERROR, "cannot signal the runners", e);
    }
    return lines;
  }
}
