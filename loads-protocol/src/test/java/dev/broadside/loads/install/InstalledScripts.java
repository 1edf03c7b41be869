package dev.broadside.loads.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.loads.testing.StrictReceiver;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A folder with both scripts, as {@code install} has written them, and a copy of the jar. */
final class InstalledScripts implements AutoCloseable {
  private static final long BOUND_SECONDS = 60;

  final Path jar;
  final Path folder;
  final Path work;
  final List<String> words;

  /** What users get beside what Loads gives them. */
  final Map<String, String> variables = new HashMap<>();

  private final Path runtime;

  private InstalledScripts(Path temp, Path java, String classPath) throws Exception {
    runtime = Files.createDirectories(temp.resolve("runtime"));
    work = Files.createDirectories(temp.resolve("work it's"));
    folder = temp.resolve("the \"scripts\"");
    jar = temp.resolve("loads-runner.jar");
    Files.copy(Path.of("target", "loads-runner.jar"), jar, StandardCopyOption.REPLACE_EXISTING);
    words = install(java, classPath);
  }

  /** Installed for the java of these tests. */
  static InstalledScripts into(Path temp) throws Exception {
    return into(temp, Path.of(System.getProperty("java.home"), "bin", "java"));
  }

  static InstalledScripts into(Path temp, Path java) throws Exception {
    return new InstalledScripts(temp, java, classPath());
  }

  /** The tests and JUnit, without what else these tests need. */
  private static String classPath() {
    return Stream.concat(
            Stream.of(Path.of("target", "test-classes").toAbsolutePath().toString()),
            Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(place -> place.matches(".*/(junit-|opentest4j|apiguardian)[^/]*")))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private List<String> install(Path java, String classPath) throws Exception {
    Path output = work.resolve("install.output");
    Process install =
        new ProcessBuilder(
                java.toString(),
                "-jar",
                jar.toString(),
                "install",
                folder.toString(),
                "--classpath",
                classPath)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(install.waitFor(3 * BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();
    List<String> lines = Files.readAllLines(output);
    assertThat(install.exitValue()).as("%s", lines).isZero();
    return lines;
  }

  Path script(String name) {
    return folder.resolve(name);
  }

  /** The archive of a script. */
  Path archive(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches(name + "\\.(jsa|aot)"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** The users of a step of one hit, all started at once. */
  List<Process> start(StrictReceiver receiver, int users, String script, String... arguments)
      throws IOException {
    return start(receiver.environment(1), users, script, arguments);
  }

  /** Users of the resident runner, of a step whose limit is two seconds for each hit. */
  List<Process> start(StrictReceiver receiver, int users, int hits, String test)
      throws IOException {
    return start(receiver.environment(hits), users, "loads-java", "--stay", "0", test);
  }

  private List<Process> start(
      Map<String, String> step, int users, String script, String... arguments) throws IOException {
    List<ProcessBuilder> commands = new ArrayList<>();
    for (int user = 1; user <= users; user++) {
      commands.add(command(step, user, users, script, arguments));
    }
    List<Process> started = new ArrayList<>();
    for (ProcessBuilder command : commands) started.add(command.start());
    return started;
  }

  private ProcessBuilder command(
      Map<String, String> step, int user, int users, String script, String... arguments) {
    List<String> words = new ArrayList<>(List.of(script(script).toString()));
    words.addAll(Arrays.asList(arguments));
    ProcessBuilder command = new ProcessBuilder(words).directory(work.toFile());
    Map<String, String> environment = command.environment();
    environment.keySet().removeIf(name -> name.matches("(LOADS|BROADSIDE)_.*|CLASSPATH"));
    environment.putAll(step);
    environment.put("LOADS_CURRENT_USER", Integer.toString(user));
    environment.put("LOADS_TOTAL_USERS", Integer.toString(users));
    environment.put("XDG_RUNTIME_DIR", runtime.toString());
    environment.putAll(variables);
    return command.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
  }

  int run(StrictReceiver receiver, String script, String... arguments) throws Exception {
    return exitCodes(start(receiver, 1, script, arguments)).get(0);
  }

  static List<Integer> exitCodes(List<Process> processes) throws InterruptedException {
    List<Integer> codes = new ArrayList<>();
    for (Process process : processes) {
      assertThat(process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();
      codes.add(process.exitValue());
    }
    return codes;
  }

  String log() throws IOException {
    Path log = work.resolve("loads-runner.log");
    return Files.exists(log) ? Files.readString(log) : "(no log)";
  }

  /** The resident JVMs that live. */
  List<ProcessHandle> residents() {
    return ProcessHandle.allProcesses().filter(this::isResident).toList();
  }

  private boolean isResident(ProcessHandle process) {
    return Arrays.stream(process.info().arguments().orElse(new String[0]))
        .anyMatch(argument -> argument.startsWith(runtime + "/"));
  }

  /** Ends them all, so that the next user finds none. */
  void endResidents() throws Exception {
    for (ProcessHandle resident : residents()) {
      resident.destroyForcibly();
      resident.onExit().get(BOUND_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Override
  public void close() throws Exception {
    endResidents();
  }
}
