package dev.broadside.loads.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script and the JVM behind it, with users that only note what happens to them. */
class LoadsJavaScriptTest {
  private static final int JVM_ENDED = 70;

  @TempDir private Path temp;
  private ResidentStage stage;

  @BeforeEach
  void open() throws IOException {
    boolean usable = Files.exists(Path.of("/proc/self/stat")) && Files.exists(Path.of("/bin/bash"));
    if (!"true".equals(System.getenv("CI"))) assumeTrue(usable, "needs bash and /proc");
    stage = new ResidentStage(temp);
  }

  @AfterEach
  void close() {
    if (stage != null) stage.close();
  }

  @Test
  void users_areRunByOneJvmAndEndWithTheirCodes() throws Exception {
    assertThat(stage.run("3", "two words", "", "ümlaut", "*")).isEqualTo(3);
    long jvm = stage.resident().pid();
    assertThat(stage.run("0")).isZero();
    assertThat(stage.resident().pid()).isEqualTo(jvm);
    assertThat(stage.noted("run 3 two words  ümlaut *")).isEqualTo(1);
    assertThat(stage.notedLike("once")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h", "--version", "--stya=1", "-"})
  void whatIsNoUser_isNotAskedOfAJvm(String option) throws Exception {
    assertThat(stage.run(option)).isEqualTo(ResidentStage.OWN_PROCESS);
    assertThat(stage.noted("once " + option)).isEqualTo(1);
    assertThat(stage.folder.resolve("loads-runner.log")).doesNotExist();
    assertThat(stage.run("0", "--stay=1", "--timers=hits", "--", "--a.Test")).isZero();
    assertThat(stage.portFiles()).hasSize(1);
  }

  @Test
  void wrongUse_saysWhereItsWordsAre() throws Exception {
    Path said = temp.resolve("said");
    for (String code : List.of("2", "1")) {
      ProcessBuilder user = stage.command(code);
      user.redirectErrorStream(false).redirectError(said.toFile());
      assertThat(ResidentStage.exitCode(stage.start(user))).isEqualTo(Integer.parseInt(code));
      assertThat(Files.readString(said).contains("see loads-runner.log"))
          .isEqualTo(code.equals("2"));
    }
  }

  @Test
  void launcherOfARunningJvm_needsNoTool() throws Exception {
    stage.run("0");
    stage.variables.put("PATH", "/no/tools");
    assertThat(stage.run("7")).isEqualTo(7);
    assertThat(stage.noted("run 7")).isEqualTo(1);
  }

  @Test
  void portFile_isPrivate() throws Exception {
    stage.run("0");
    Path file = stage.portFiles().get(0);
    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(mode(file.getParent())).isEqualTo("rwx------");
    assertThat(mode(file.getParent().getParent())).isEqualTo("rwx------");
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void jvm_isOneForEachFolderAndClassPath() throws Exception {
    stage.run("0");
    stage.run("--classpath", "/nowhere", "0");
    stage.variables.put("BROADSIDE_CLASSPATH", "/nowhere");
    stage.run("0");
    ProcessBuilder elsewhere = stage.command("0").directory(temp.toFile());
    ResidentStage.exitCode(stage.start(elsewhere));
    assertThat(stage.portFiles()).hasSize(3);
    stage.variables.put("BROADSIDE_JAVA_OPTIONS", "-Xmx64m -Dmy.own=1");
    stage.run("0");
    assertThat(stage.portFiles()).hasSize(4);
    assertThat(stage.notedLike("once")).isZero();
  }

  @Test
  void jvm_knowsNothingOfTheUserThatStartedIt() throws Exception {
    stage.variables.put("LOADS_CURRENT_USER", "1");
    stage.run("0");
    long jvm = stage.resident().pid();
    String environment = Files.readString(Path.of("/proc/" + jvm + "/environ"));
    assertThat(environment).contains("JOURNAL=").doesNotContain("LOADS_");
    try (var files = Files.list(Path.of("/proc/" + jvm + "/fd"))) {
      assertThat(files.map(LoadsJavaScriptTest::target)).noneMatch(name -> name.endsWith("/lock"));
    }
    assertThat(Path.of("/proc/" + jvm + "/cwd").toRealPath()).isEqualTo(stage.folder.toRealPath());
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "";
    }
  }

  @Test
  void hundredUsersAtOnce_areRunOnceEach_evenWithTheJvmNotYetRunning() throws Exception {
    assertThat(ResidentStage.exitCodes(stage.start(100, "0"))).containsExactly(0);
    assertThat(ResidentStage.exitCodes(stage.start(100, "0"))).containsExactly(0);
    assertThat(stage.notedLike("run 0") + stage.notedLike("once")).isEqualTo(200);
    assertThat(ranTwice()).isEmpty();
  }

  /** Launchers whose user was run more than once, or beside a process of its own. */
  private Set<String> ranTwice() throws IOException {
    List<String> seen = new ArrayList<>();
    Set<String> twice = new TreeSet<>();
    for (String line : stage.journal()) {
      if (!line.contains(" run ") && !line.contains(" once")) continue;
      String process = line.substring(0, line.indexOf(' '));
      if (seen.contains(process)) twice.add(line);
      seen.add(process);
    }
    return twice;
  }

  @Test
  void jvmKilled_endsItsLaunchersWith70_andTheNextStartsAnother() throws Exception {
    stage.variables.put("LOADS_CURRENT_USER", "7");
    stage.variables.put("LOADS_TOTAL_USERS", "20");
    List<Process> waiting = stage.start(20, "wait", "com.acme.Checkout");
    stage.awaitNoted("run wait", 20);
    ResidentStage.kill(stage.resident());
    assertThat(ResidentStage.exitCodes(waiting)).containsExactly(JVM_ENDED);
    assertThat(Files.readAllLines(stage.folder.resolve("loads-runner.log")))
        .hasSize(20)
        .allMatch(line -> line.contains("ERROR user 7/20 process "))
        .allMatch(line -> line.contains("test com.acme.Checkout"));
    assertThat(stage.portFiles()).hasSize(1); // a stale one
    assertThat(stage.run("5")).isEqualTo(5);
    assertThat(stage.portFiles()).hasSize(1);
    assertThat(stage.notedLike(" run ")).isEqualTo(21);
  }

  @Test
  void jvmKilledRightAfterItsStart_isFollowedByAnother() throws Exception {
    List<Process> users = stage.start(20, "wait");
    stage.await(() -> !portFilesQuietly().isEmpty(), "a port file");
    ResidentStage.kill(stage.resident());
    for (Process user : users) {
      stage.await(() -> !user.isAlive() || stage.hasRun(user), "the end or the run of " + user);
    }
    assertThat(users).filteredOn(user -> !user.isAlive()).allMatch(user -> user.exitValue() == 70);
    ResidentStage.signal("TERM", users.stream().mapToLong(Process::pid).toArray());
    assertThat(ResidentStage.exitCodes(users)).isSubsetOf(JVM_ENDED, 143);
    assertThat(ranTwice()).isEmpty();
    assertThat(stage.run("0")).isZero();
  }

  private List<Path> portFilesQuietly() {
    try {
      return stage.portFiles();
    } catch (IOException | UncheckedIOException e) {
      return List.of(); // a file went away under the walk
    }
  }

  @Test
  void jvmThatStandsStill_isSucceeded_andRunsNobodyWhenItGoesOn() throws Exception {
    Process before = stage.start("wait", "before");
    stage.awaitNoted("run wait before", 1);
    ProcessHandle stopped = stage.resident();
    ResidentStage.signal("STOP", stopped.pid());
    assertThat(ResidentStage.exitCodes(stage.start(20, "0", "after"))).containsExactly(0);
    assertThat(stage.resident().pid()).isNotEqualTo(stopped.pid());
    ResidentStage.signal("CONT", stopped.pid());
    assertThat(before.isAlive()).isTrue();
    ResidentStage.signal("TERM", before.pid());
    assertThat(ResidentStage.exitCode(before)).isEqualTo(143);
    stopped.onExit().get(30, TimeUnit.SECONDS); // with its last user
    assertThat(stage.noted("run 0 after") + stage.notedLike("once")).isEqualTo(20);
    assertThat(ranTwice()).isEmpty();
    assertThat(stage.run("4")).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 400 Bad Request\n\n", "accepted\n", "accepted 00\n"})
  void stalePortFile_whereAnotherProgramListens(String answer) throws Exception {
    stage.run("0");
    Path file = stage.portFiles().get(0);
    ResidentStage.kill(stage.resident());
    try (ServerSocket other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String content = Files.readString(file);
      Files.writeString(file, content.replaceFirst("[0-9]+", "" + other.getLocalPort()));
      CompletableFuture<Void> served = CompletableFuture.runAsync(() -> answer(other, answer));
      assertThat(stage.run("6")).isEqualTo(6);
      other.close();
      served.get(10, TimeUnit.SECONDS);
    }
    assertThat(stage.noted("run 6")).isEqualTo(1);
    assertThat(stage.portFiles()).hasSize(1).doesNotContain(file);
  }

  private static void answer(ServerSocket server, String answer) {
    try (Socket client = server.accept()) {
      client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
      while (client.getInputStream().read() >= 0) {}
    } catch (IOException e) {
      // closed by the test
    }
  }

  @Test
  void jvm_tellsAStrangerNothing() throws Exception {
    stage.run("0");
    String[] words = Files.readString(stage.portFiles().get(0)).split("[ \n]", 4);
    try (Socket stranger =
        new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(words[0]))) {
      stranger.setSoTimeout(10_000);
      OutputStream out = stranger.getOutputStream();
      out.write(
          ("00" + words[1].substring(2) + " 1 1 0\ngo\n").getBytes(StandardCharsets.US_ASCII));
      assertThat(stranger.getInputStream().readAllBytes()).isEmpty();
    }
    assertThat(stage.run("2")).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"TERM,143", "INT,130", "HUP,129"})
  void signal_reachesTheUser(String signal, int code) throws Exception {
    Process launcher = stage.start("wait");
    stage.awaitNoted("run wait", 1);
    long sent = System.nanoTime();
    ResidentStage.signal(signal, launcher.pid());
    assertThat(ResidentStage.exitCode(launcher)).isEqualTo(code);
    assertThat(System.nanoTime() - sent).isLessThan(TimeUnit.SECONDS.toNanos(1));
    assertThat(stage.noted("stop SIG" + signal)).isEqualTo(1);
  }

  @Test
  void sigterm_reachesHundredUsers() throws Exception {
    List<Process> launchers = stage.start(100, "wait");
    stage.awaitNoted("run wait", 100);
    ResidentStage.signal("TERM", launchers.stream().mapToLong(Process::pid).toArray());
    assertThat(ResidentStage.exitCodes(launchers)).containsExactly(143);
    assertThat(stage.noted("stop SIGTERM")).isEqualTo(100);
  }

  @Test
  void sigterm_whileTheJvmStarts_endsTheLaunchersAndRunsNothing() throws Exception {
    stage.variables.put("START_DELAY_MILLIS", "2000");
    List<Process> launchers = stage.start(5, "wait");
    stage.await(() -> !stage.residents().isEmpty(), "a JVM");
    ResidentStage.signal("TERM", launchers.stream().mapToLong(Process::pid).toArray());
    for (Process launcher : launchers) {
      assertThat(launcher.waitFor(1, TimeUnit.SECONDS)).isTrue();
      assertThat(launcher.exitValue()).isEqualTo(143);
    }
    assertThat(stage.run("8")).isEqualTo(8);
    assertThat(stage.notedLike("run wait")).isZero();
  }

  @Test
  void sigterm_toAJvmThatStandsStill_endsItsLaunchers() throws Exception {
    Process launcher = stage.start("wait");
    stage.awaitNoted("run wait", 1);
    ResidentStage.signal("STOP", stage.resident().pid());
    ResidentStage.signal("TERM", launcher.pid());
    assertThat(ResidentStage.exitCode(launcher)).isEqualTo(143);
  }

  @Test
  void launcherKilled_endsItsUser() throws Exception {
    List<Process> launchers = stage.start(3, "wait");
    stage.awaitNoted("run wait", 3);
    for (Process launcher : launchers) launcher.destroyForcibly();
    stage.awaitNoted("stop its launcher has ended", 3);
  }

  @Test
  void parentOfTheLauncherKilled_endsItsUser() throws Exception {
    Process parent =
        stage.start(
            stage.prepared(
                List.of("/bin/bash", "-c", "\"$0\" wait & wait", stage.script.toString())));
    stage.awaitNoted("run wait", 1);
    parent.destroyForcibly();
    stage.awaitNoted("stop the parent of its launcher has ended", 1);
  }

  @ParameterizedTest
  @CsvSource({"exit,0", "exit,5", "halt,0", "halt,5", "memory,0"})
  void jvmEndedByATest_endsAllLaunchersWith70(String how, String code) throws Exception {
    Process waiting = stage.start("wait");
    stage.awaitNoted("run wait", 1);
    assertThat(stage.run(how, code)).isEqualTo(JVM_ENDED);
    assertThat(ResidentStage.exitCode(waiting)).isEqualTo(JVM_ENDED);
    assertThat(stage.run("4")).isEqualTo(4);
    assertThat(ranTwice()).isEmpty();
    if (how.equals("exit")) stage.awaitNoted("called it at", 2);
  }

  @Test
  void jvmToldToEnd_endsItsLaunchersWith70_andTheLogSaysSo() throws Exception {
    Process launcher = stage.start("wait", "a.Test");
    stage.awaitNoted("run wait", 1);
    ResidentStage.signal("TERM", stage.resident().pid());
    assertThat(ResidentStage.exitCode(launcher)).isEqualTo(JVM_ENDED);
    assertThat(stage.log())
        .contains("has ended during test a.Test: it was told to (System.exit, a signal)");
    stage.awaitNoted("it was told to by a signal", 1);
  }

  @Test
  void idleJvm_leaves() throws Exception {
    stage.variables.put("BROADSIDE_IDLE", "1");
    stage.run("0");
    ProcessHandle jvm = stage.resident();
    jvm.onExit().get(30, TimeUnit.SECONDS);
    assertThat(stage.portFiles()).isEmpty();
    assertThat(stage.run("1")).isEqualTo(1);
  }

  @Test
  void jvmWithoutItsPortFile_leavesWithItsLastUser() throws Exception {
    Process launcher = stage.start("wait");
    stage.awaitNoted("run wait", 1);
    ProcessHandle jvm = stage.resident();
    Files.delete(stage.portFiles().get(0));
    assertThat(stage.run("0")).isZero();
    assertThat(stage.resident().pid()).isNotEqualTo(jvm.pid());
    assertThat(jvm.isAlive()).isTrue();
    ResidentStage.signal("TERM", launcher.pid());
    jvm.onExit().get(30, TimeUnit.SECONDS);
  }

  @Test
  void changedClassPath_hasASuccessorTakeTheNextUser() throws Exception {
    Path jar = Files.writeString(temp.resolve("tests.jar"), "one");
    stage.variables.put("CLASSPATH", jar.toString());
    Process launcher = stage.start("wait");
    stage.awaitNoted("run wait", 1);
    ProcessHandle jvm = stage.resident();
    stage.run("0");
    assertThat(stage.resident().pid()).isEqualTo(jvm.pid());
    Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000_000));
    TimeUnit.MILLISECONDS.sleep(25); // a look is remembered for 20
    assertThat(stage.run("2")).isEqualTo(2);
    assertThat(stage.resident().pid()).isNotEqualTo(jvm.pid());
    assertThat(launcher.isAlive()).isTrue();
    ResidentStage.signal("TERM", launcher.pid());
    jvm.onExit().get(30, TimeUnit.SECONDS);
    assertThat(stage.notedLike("once")).isZero();
  }

  @Test
  void jvmThatCannotStart_isReplacedByAProcessOfItsOwn() throws Exception {
    stage.write("no.such.Main");
    assertThat(stage.run("0", "two words")).isEqualTo(ResidentStage.OWN_PROCESS);
    assertThat(stage.noted("once 0 two words")).isEqualTo(1);
    assertThat(stage.log())
        .matches(
            "\\S+Z WARNING user .* process \\d+: test two words runs in a process of its own: .*")
        .contains("no.such.Main")
        .contains("output is in " + temp);
  }

  @Test
  void wrongJavaOptions_areNamedInTheLog() throws Exception {
    stage.variables.put("BROADSIDE_JAVA_OPTIONS", "-Xbogus");
    stage.variables.put("JAVA_TOOL_OPTIONS", "-Dmy.own=1");
    stage.variables.put("BROADSIDE_LOG", "my own.log");
    assertThat(stage.run("--log", "mine.log", "0")).isEqualTo(ResidentStage.OWN_PROCESS);
    assertThat(stage.log("mine.log"))
        .contains("no JVM could be started: Unrecognized option: -Xbogus; its output is in");
    Files.delete(stage.folder.resolve("once"));
    assertThat(stage.run("0")).isEqualTo(127);
    assertThat(Files.readAllLines(stage.folder.resolve("my own.log")))
        .hasSize(2)
        .last(InstanceOfAssertFactories.STRING)
        .contains("ERROR")
        .contains("run install again");
  }

  @Test
  void privateFolderThatCannotBe_isNamedInTheLog() throws Exception {
    stage.variables.put("XDG_RUNTIME_DIR", "/proc/none");
    assertThat(stage.run("0")).isEqualTo(ResidentStage.OWN_PROCESS);
    assertThat(stage.log()).contains("the folder /proc/none/broadside-").contains("cannot be made");
  }

  @Test
  void foldersThatAreOpenToOthers_areClosedBeforeAJvmStarts() throws Exception {
    stage.run("0");
    Path folder = stage.portFiles().get(0).getParent();
    ResidentStage.kill(stage.resident());
    for (Path open : List.of(folder, folder.getParent())) {
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    }
    assertThat(stage.run("0")).isZero();
    assertThat(mode(folder)).isEqualTo("rwx------");
    assertThat(mode(folder.getParent())).isEqualTo("rwx------");
  }

  @Test
  void folderThatIsALink_isNotUsed() throws Exception {
    stage.run("0");
    Path folder = stage.portFiles().get(0).getParent().getParent();
    Path elsewhere = Files.move(folder, temp.resolve("elsewhere"));
    Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createSymbolicLink(folder, elsewhere);
    assertThat(stage.run("0")).isEqualTo(ResidentStage.OWN_PROCESS);
    assertThat(mode(elsewhere)).isEqualTo("rwxr-xr-x");
    assertThat(stage.log()).contains("is somebody else's");
  }
}
