package dev.broadside.loads.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.loads.resident.RehearsedResidence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder with the script {@code loads-java}, whose JVM runs rehearsed users, and a process of its
 * own that only notes that it was called. Ends what it has started.
 */
final class ResidentStage implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);
  static final int OWN_PROCESS = 9;

  /** A build in the background of a shell ignores SIGINT, and so would its children. */
  private static final List<String> DEFAULT_SIGNALS = List.of("env", "--default-signal=INT,HUP");

  final Path folder;
  final Path script;
  final Map<String, String> variables = new HashMap<>();
  private final Path runtime;
  private final Path journal;
  private final List<Process> launchers = new ArrayList<>();

  ResidentStage(Path temp) throws IOException {
    folder = Files.createDirectories(temp.resolve("it's a \"folder\" $HOME"));
    runtime = Files.createDirectories(temp.resolve("runtime folder"));
    journal = temp.resolve("journal");
    Files.createFile(journal);
    Path once = folder.resolve("once");
    Files.writeString(once, "#!/bin/bash\necho $$ once \"$@\" >> \"$JOURNAL\"\nexit 9\n");
    Files.setPosixFilePermissions(once, PosixFilePermissions.fromString("rwx------"));
    script = folder.resolve("loads-java");
    variables.put("JOURNAL", journal.toString());
    variables.put("XDG_RUNTIME_DIR", runtime.toString());
    write(RehearsedResidence.class.getName());
  }

  /** Writes the script, for a JVM of this main class. */
  void write(String main) throws IOException {
    new Script("loads-java")
        .word("ONCE", folder.resolve("once").toString())
        .word("JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString())
        .word("JAR", classes())
        .word("CLASS_PATH", "")
        .word("ARCHIVE", "")
        .word("ARCHIVE_BYTES", "0")
        .words(
            "FLAGS",
            List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-XX:TieredStopAtLevel=1"))
        .words("ARCHIVE_FLAGS", List.of())
        .word("MAIN", main)
        .write(script);
  }

  private static String classes() {
    return Arrays.stream(System.getProperty("java.class.path").split(":"))
        .filter(place -> place.endsWith("classes") || place.contains("broadside"))
        .map(place -> Path.of(place).toAbsolutePath().toString())
        .collect(Collectors.joining(":"));
  }

  /** What is to be started as a user, with what else a test wants to set. */
  ProcessBuilder command(String... arguments) {
    List<String> command = new ArrayList<>(DEFAULT_SIGNALS);
    command.add(script.toString());
    command.addAll(Arrays.asList(arguments));
    return prepared(command);
  }

  ProcessBuilder prepared(List<String> command) {
    ProcessBuilder user = new ProcessBuilder(command).directory(folder.toFile());
    user.environment().keySet().removeIf(name -> name.matches("(LOADS|BROADSIDE)_.*|CLASSPATH"));
    user.environment().putAll(variables);
    return user.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
  }

  Process start(String... arguments) throws IOException {
    return start(command(arguments));
  }

  Process start(ProcessBuilder user) throws IOException {
    Process launcher = user.start();
    launchers.add(launcher);
    return launcher;
  }

  List<Process> start(int users, String... arguments) throws IOException {
    List<Process> started = new ArrayList<>();
    for (int i = 0; i < users; i++) started.add(start(arguments));
    return started;
  }

  int run(String... arguments) throws Exception {
    return exitCode(start(arguments));
  }

  /** Waits for the end of a launcher: none may hang. */
  static int exitCode(Process launcher) throws InterruptedException {
    assertThat(launcher.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .as("launcher %s has ended", launcher.pid())
        .isTrue();
    return launcher.exitValue();
  }

  static Set<Integer> exitCodes(List<Process> launchers) throws InterruptedException {
    List<Integer> codes = new ArrayList<>();
    for (Process launcher : launchers) codes.add(exitCode(launcher));
    return Set.copyOf(codes);
  }

  /** What users did: the process of each, and its words. */
  List<String> journal() throws IOException {
    return Files.readAllLines(journal);
  }

  long noted(String words) throws IOException {
    return journal().stream()
        .filter(line -> line.substring(line.indexOf(' ') + 1).equals(words))
        .count();
  }

  long notedLike(String words) throws IOException {
    return journal().stream().filter(line -> line.contains(words)).count();
  }

  void awaitNoted(String words, long times) throws Exception {
    await(() -> notedQuietly(words) >= times, times + " times \"" + words + "\"");
  }

  boolean hasRun(Process launcher) {
    return notedQuietly(launcher.pid() + " run ") > 0;
  }

  private long notedQuietly(String words) {
    try {
      return notedLike(words);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  void await(BooleanSupplier condition, String what) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("%s; journal %s", what, journal()).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  /** The one line of the log that users have. */
  String log() throws IOException {
    return log("loads-runner.log");
  }

  String log(String name) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve(name));
    assertThat(lines).hasSize(1);
    return lines.get(0);
  }

  List<Path> portFiles() throws IOException {
    try (Stream<Path> files = Files.walk(runtime)) {
      return files.filter(file -> file.toString().endsWith(".port")).toList();
    }
  }

  /** The JVM that launchers of this folder find. */
  ProcessHandle resident() throws IOException {
    List<Path> files = portFiles();
    assertThat(files).hasSize(1);
    return resident(files.get(0));
  }

  static ProcessHandle resident(Path portFile) throws IOException {
    String line = Files.readString(portFile, StandardCharsets.UTF_8).lines().findFirst().orElse("");
    return ProcessHandle.of(Long.parseLong(line.split(" ", -1)[3])).orElseThrow();
  }

  /** All JVMs that were started here and still live. */
  List<ProcessHandle> residents() {
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                Arrays.stream(process.info().arguments().orElse(new String[0]))
                    .anyMatch(argument -> argument.startsWith(runtime + "/")))
        .toList();
  }

  static void signal(String signal, long... processes) throws Exception {
    List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
    for (long process : processes) command.add(Long.toString(process));
    new ProcessBuilder(command) // one that has ended meanwhile is no fault
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  static void kill(ProcessHandle process) throws Exception {
    signal("KILL", process.pid());
    process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    launchers.forEach(Process::destroyForcibly);
    residents().forEach(ProcessHandle::destroyForcibly);
  }
}
