package dev.broadside.examples.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One way to start a process, timed from its start to its exit. */
final class StartKind {
  final String name;
  final List<Long> single = new ArrayList<>();
  final List<Long> lastOfMany = new ArrayList<>();
  private final List<String> command;
  private final Map<String, String> variables;
  private final Path folder;

  StartKind(String name, Path folder, Map<String, String> variables, List<String> command) {
    this.name = name;
    this.folder = folder;
    this.variables = variables;
    this.command = command;
  }

  /** Nanoseconds from the first start to the last exit. */
  long time(int users) throws IOException, InterruptedException {
    List<Process> processes = new ArrayList<>();
    long since = System.nanoTime();
    for (int user = 1; user <= users; user++) processes.add(start(user, users));
    int failed = 0;
    for (Process process : processes) if (process.waitFor() != 0) failed++;
    long nanos = System.nanoTime() - since;
    if (failed > 0) System.err.printf("%s: %d of %d failed%n", name, failed, users);
    return nanos;
  }

  private Process start(int user, int users) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(variables);
    builder.environment().put("LOADS_TOTAL_USERS", Integer.toString(users));
    builder.environment().put("LOADS_CURRENT_USER", Integer.toString(user));
    return builder.start();
  }
}
