package dev.broadside.loads.install;

import dev.broadside.messaging.Endpoint;
import dev.broadside.messaging.MessageReceiver;
import dev.broadside.messaging.MessagingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs one user by a script, as Loads would, against a receiver of its own. */
final class Rehearsal {
  private static final long PATIENCE_SECONDS = 60;
  private static final int LEAST_MESSAGES = 3;

  private final Path folder;
  private final Path script;

  Rehearsal(Path folder, Path script) {
    this.folder = folder;
    this.script = script;
  }

  /**
   * Runs a user, and waits for the end of all that it started.
   *
   * @param javaOptions divided by spaces
   * @return whether all has gone well
   */
  boolean run(String javaOptions) throws IOException {
    AtomicInteger messages = new AtomicInteger();
    Path temp = Files.createTempDirectory("broadside-install");
    try (MessagingContext context = MessagingContext.create("install");
        MessageReceiver receiver =
            MessageReceiver.builder(
                    context, Endpoint.tcp("127.0.0.1", 0), message -> messages.incrementAndGet())
                .open()) {
      ProcessBuilder user = user(receiver.endpoint(), javaOptions, temp);
      boolean ended = hasSucceeded(user.start());
      return awaitResidents(temp) && ended && messages.get() >= LEAST_MESSAGES;
    } finally {
      deleteTree(temp);
    }
  }

  private ProcessBuilder user(Endpoint receiver, String javaOptions, Path temp) {
    ProcessBuilder user =
        quiet(
            folder,
            List.of(
                script.toString(),
                "--stay",
                "0",
                "--log",
                temp.resolve("log").toString(),
                TrainingTransaction.class.getName()));
    Map<String, String> variables = user.environment();
    variables.keySet().removeIf(name -> name.startsWith("LOADS_") || name.startsWith("BROADSIDE_"));
    variables.put("LOADS_ZMQ_RECEIVER", receiver.toString());
    variables.put("LOADS_AGENT_ID", "install");
    variables.put("LOADS_RUN_ID", "");
    variables.put("LOADS_TOTAL_USERS", "1");
    variables.put("LOADS_CURRENT_USER", "1");
    variables.put("LOADS_TOTAL_HITS", "1");
    variables.put("BROADSIDE_JAVA_OPTIONS", javaOptions);
    variables.put("BROADSIDE_IDLE", "1");
    variables.put("XDG_RUNTIME_DIR", temp.toString());
    return user;
  }

  private static ProcessBuilder quiet(Path folder, List<String> command) {
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
  }

  static boolean runTool(Path folder, List<String> command) throws IOException {
    return hasSucceeded(quiet(folder, command).start());
  }

  private static boolean hasSucceeded(Process process) throws IOException {
    try {
      if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) return process.exitValue() == 0;
      process.destroyForcibly();
      return false;
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** A resident JVM leaves when it is idle, and only then writes what it was trained with. */
  private static boolean awaitResidents(Path temp) throws IOException {
    List<ProcessHandle> residents =
        ProcessHandle.allProcesses().filter(process -> isOf(process, temp)).toList();
    for (ProcessHandle resident : residents) if (!hasEnded(resident)) return false;
    return true;
  }

  private static boolean isOf(ProcessHandle process, Path temp) {
    for (String argument : process.info().arguments().orElse(new String[0])) {
      if (argument.startsWith(temp.toString())) return true;
    }
    return false;
  }

  private static boolean hasEnded(ProcessHandle process) throws IOException {
    try {
      process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      process.destroyForcibly();
      return false;
    } catch (InterruptedException | ExecutionException e) {
      throw new IOException("cannot wait for the resident JVM", e);
    }
  }

  private static void deleteTree(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
