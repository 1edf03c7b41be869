package dev.broadside.loads.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.acme.resident.Leaving;
import com.acme.resident.Purchase;
import com.acme.resident.Queueing;
import com.acme.resident.Surroundings;
import dev.broadside.loads.testing.Await;
import dev.broadside.loads.testing.StrictReceiver;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts that the real jar installs, under a receiver that is as strict as the original. */
class InstalledScriptsIT {
  private static final String ONCE = "loads-java-once";
  private static final String RESIDENT = "loads-java";
  private static final String PURCHASE = Purchase.class.getName();
  private static final String JUNIT_PURCHASE = "com.acme.resident.Purchases";
  private static final int TEN_TIMES = 10; // the two seconds of one hit
  private static final int MANY_HITS = 100;

  @TempDir private static Path temp;
  private static InstalledScripts scripts;
  private StrictReceiver receiver;

  @BeforeAll
  static void install() throws Exception {
    boolean usable = Files.exists(Path.of("/proc/self/stat")) && Files.exists(Path.of("/bin/bash"));
    if (!"true".equals(System.getenv("CI"))) assumeTrue(usable, "needs bash and /proc");
    scripts = InstalledScripts.into(temp);
  }

  @AfterAll
  static void remove() throws Exception {
    if (scripts != null) scripts.close();
  }

  @BeforeEach
  void open() {
    receiver = StrictReceiver.onTcp();
  }

  @AfterEach
  void close() {
    receiver.close();
    scripts.variables.clear();
  }

  @Test
  void install_saysWhatItWroteAndHowToUseIt() throws Exception {
    Path resident = scripts.script(RESIDENT).toRealPath();
    assertThat(String.join("\n", scripts.words))
        .contains("wrote " + resident)
        .contains("wrote " + scripts.script(ONCE).toRealPath())
        .contains("--test-runner=\"" + resident + " {test}\"");
    try (Stream<Path> files = Files.list(scripts.folder)) {
      assertThat(files).hasSize(4); // and nothing of what it tried
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(resident)))
        .isEqualTo("rwxr-xr-x");
  }

  @ParameterizedTest
  @ValueSource(strings = {ONCE, RESIDENT})
  void help_isPrinted(String script) throws Exception {
    assertThat(said(0, script, "--help")).contains("Usage:").contains("--classpath PATH");
    assertThat(said(2, script)).contains("Usage:");
    assertThat(said(2, script, "--stya", "1", PURCHASE)).contains("unknown option --stya");
  }

  private static String said(int code, String script, String... arguments) throws Exception {
    Path words = temp.resolve("words");
    List<String> command = new ArrayList<>(List.of(scripts.script(script).toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder user = new ProcessBuilder(command).directory(scripts.work.toFile());
    user.redirectErrorStream(true).redirectOutput(words.toFile());
    assertThat(InstalledScripts.exitCodes(List.of(user.start()))).containsExactly(code);
    return Files.readString(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {ONCE, RESIDENT})
  void user_isReported(String script) throws Exception {
    assertThat(scripts.run(receiver, script, PURCHASE)).as(scripts.log()).isZero();
    StrictReceiver.Verdict verdict = receiver.awaitMessages(3);
    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.count("addSuccess", PURCHASE)).isEqualTo(1);
    assertThat(scripts.run(receiver, script, JUNIT_PURCHASE)).as(scripts.log()).isZero();
    assertThat(receiver.awaitMessages(6).count("addSuccess", JUNIT_PURCHASE + ".buys"))
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({RESIDENT + ",cold", RESIDENT + ",warm", RESIDENT + ",alone", ONCE + ",cold"})
  void user_findsItsVariablesUntouched(String script, String how) throws Exception {
    Path file = temp.resolve("variables");
    Map<String, String> expected = variablesNamedLikeWordsOf(scripts.script(script));
    scripts.variables.putAll(expected);
    scripts.variables.put(Surroundings.FILE, file.toString());
    if (how.equals("alone")) scripts.variables.put("XDG_RUNTIME_DIR", "/proc");
    scripts.endResidents();
    int runs = how.equals("warm") ? 2 : 1;
    for (int run = 1; run <= runs; run++) {
      Files.deleteIfExists(file);
      assertThat(scripts.run(receiver, script, Surroundings.class.getName()))
          .as(scripts.log())
          .isZero();
    }
    scripts.endResidents();
    assertThat(Files.readAllLines(file))
        .containsAll(expected.entrySet().stream().map(Object::toString).toList())
        .noneMatch(line -> line.startsWith("broadside_"));
  }

  /** Every word of a script, also without its prefix, may be the name of a user's variable. */
  private static Map<String, String> variablesNamedLikeWordsOf(Path script) throws IOException {
    Map<String, String> variables = new TreeMap<>(Map.of("REPLY", "mine", "TZ", "Asia/Tokyo"));
    Matcher words = Pattern.compile("[a-z][a-z0-9_]*").matcher(Files.readString(script));
    while (words.find()) {
      String name = words.group().replaceFirst("^broadside_", "");
      if (!name.isEmpty()) variables.put(name, "its own " + name);
    }
    assertThat(variables).containsKeys("java", "class_path", "flags", "archive_bytes");
    return variables;
  }

  @Test
  void hundredUsersAtOnce_areAllRecorded_cold() throws Exception {
    scripts.endResidents();
    hundredUsers(PURCHASE, PURCHASE);
    assertThat(scripts.residents()).hasSize(1);
  }

  @Test
  void hundredUsersAtOnce_areAllRecorded_warm() throws Exception {
    scripts.run(receiver, RESIDENT, PURCHASE);
    hundredUsers(PURCHASE, PURCHASE);
  }

  @Test
  void hundredUsersAtOnce_areAllRecorded_ofJUnit() throws Exception {
    scripts.run(receiver, RESIDENT, JUNIT_PURCHASE);
    hundredUsers(JUNIT_PURCHASE, JUNIT_PURCHASE + ".buys");
  }

  private void hundredUsers(String test, String reported) throws Exception {
    long started = System.nanoTime();
    List<Process> users = scripts.start(receiver, 100, TEN_TIMES, test);
    List<Integer> codes = InstalledScripts.exitCodes(users);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
    StrictReceiver.Verdict verdict = receiver.end();
    assertThat(Set.copyOf(codes)).as(scripts.log()).containsExactly(0);
    for (int user = 1; user <= 100; user++) {
      assertThat(verdict.countWithStatus("addSuccess", TEN_TIMES, 100, 1, user))
          .as("%s", user)
          .isEqualTo(1);
    }
    assertThat(verdict.count("startTest", reported)).isBetween(1000L, 1001L);
    assertThat(verdict.unfinished()).isEmpty();
    assertThat(verdict.violations()).isEmpty();
    assertThat(millis).isLessThan(TEN_TIMES * 2000);
  }

  @Test
  void rate_isSharedByTheUsersOfAStep() throws Exception {
    scripts.run(receiver, RESIDENT, PURCHASE); // a JVM is there, and has nothing of the next step
    long started = System.nanoTime();
    List<Process> users =
        scripts.start(receiver, 11, RESIDENT, "--stay", "0", "--rate", "20/s", PURCHASE);
    assertThat(Set.copyOf(InstalledScripts.exitCodes(users))).as(scripts.log()).containsExactly(0);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
    assertThat(millis).isBetween(500L, 10_000L); // the eleventh arrival is due half a second after
    assertThat(receiver.awaitMessages(3 * 12).count("addSuccess", PURCHASE)).isEqualTo(12);
    assertThat(scripts.log().lines().filter(line -> line.contains("; 1 scheduled = "))).hasSize(11);
  }

  @Test
  void rate_isRefusedByAProcessOfItsOwn() throws Exception {
    assertThat(scripts.run(receiver, ONCE, "--rate=20/s", PURCHASE)).isEqualTo(2);
    assertThat(scripts.log()).contains("a process per user cannot follow an open profile");
  }

  @Test
  void sigtermToHundredUsers_endsThemInOrder() throws Exception {
    List<Process> users = scripts.start(receiver, 100, MANY_HITS, Queueing.class.getName());
    receiver.awaitMessages(200); // startTest, and the counter of its own reporter
    users.forEach(Process::destroy);
    assertThat(Set.copyOf(InstalledScripts.exitCodes(users))).containsExactly(143);
    StrictReceiver.Verdict verdict = receiver.end();
    assertThat(verdict.counter("queueing")).isEqualTo(100);
    assertThat(verdict.count("stopTest")).isEqualTo(100);
    assertThat(verdict.violations()).isEmpty();
  }

  @Test
  void launcherKilled_endsItsUser() throws Exception {
    Process user = scripts.start(receiver, 1, MANY_HITS, Queueing.class.getName()).get(0);
    receiver.awaitMessages(2);
    user.destroyForcibly();
    assertThat(receiver.awaitMessages(4).count("stopTest")).isEqualTo(1);
    Await.until("the log says why", () -> quietLog().contains("its launcher has ended"));
  }

  private static String quietLog() {
    try {
      return scripts.log();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void exitInATest_endsTheLaunchersAndIsNamed() throws Exception {
    Process waiting = scripts.start(receiver, 1, MANY_HITS, Queueing.class.getName()).get(0);
    receiver.awaitMessages(2);
    assertThat(scripts.run(receiver, RESIDENT, Leaving.class.getName())).isEqualTo(70);
    assertThat(InstalledScripts.exitCodes(List.of(waiting))).containsExactly(70);
    Await.until("the log names it", () -> quietLog().contains("com.acme.resident.Leaving.run"));
    assertThat(scripts.log())
        .contains("has ended during test " + Queueing.class.getName())
        .contains("has ended during test " + Leaving.class.getName());
    assertThat(scripts.run(receiver, RESIDENT, PURCHASE)).isZero();
  }

  @Test
  void newJar_hasASuccessorTakeTheNextUser() throws Exception {
    scripts.run(receiver, RESIDENT, PURCHASE);
    ProcessHandle before = scripts.residents().get(0);
    FileTime time = Files.getLastModifiedTime(scripts.jar);
    try {
      Files.setLastModifiedTime(scripts.jar, FileTime.fromMillis(time.toMillis() - 5000));
      TimeUnit.MILLISECONDS.sleep(25); // a look is remembered for 20
      assertThat(scripts.run(receiver, RESIDENT, PURCHASE)).isZero(); // its archive is stale too
      assertThat(scripts.run(receiver, ONCE, PURCHASE)).isZero();
      before.onExit().get(30, TimeUnit.SECONDS);
      assertThat(receiver.awaitMessages(9).violations()).isEmpty();
    } finally {
      Files.setLastModifiedTime(scripts.jar, time);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1000, 2_000_000})
  void truncatedArchive_isNotUsed(long bytes) throws Exception {
    scripts.endResidents();
    for (String script : List.of(ONCE, RESIDENT)) {
      Path archive = scripts.archive(script);
      Path kept = Files.move(archive, temp.resolve("kept"), StandardCopyOption.REPLACE_EXISTING);
      try {
        Files.copy(kept, archive);
        Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("rw-------"));
        try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "rw")) {
          file.setLength(bytes);
        }
        assertThat(scripts.run(receiver, script, PURCHASE)).isZero();
      } finally {
        Files.move(kept, archive, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    assertThat(receiver.awaitMessages(6).violations()).isEmpty();
  }

  @Test
  void missingArchive_isDoneWithout() throws Exception {
    scripts.endResidents();
    for (String script : List.of(ONCE, RESIDENT)) {
      Path archive = scripts.archive(script);
      Path kept = Files.move(archive, temp.resolve("kept"), StandardCopyOption.REPLACE_EXISTING);
      try {
        assertThat(scripts.run(receiver, script, PURCHASE)).isZero();
      } finally {
        Files.move(kept, archive);
      }
    }
    assertThat(receiver.awaitMessages(6).violations()).isEmpty();
  }

  @Test
  void archiveOfAnotherJdk_isNotUsed() throws Exception {
    Path other = otherJava();
    assumeTrue(other != null, "needs a second JDK in /usr/lib/jvm");
    Path place = Files.createDirectories(temp.resolve("other"));
    try (InstalledScripts others = InstalledScripts.into(place, other)) {
      for (String script : List.of(ONCE, RESIDENT)) {
        Path foreign = others.archive(script);
        Path file = others.script(script);
        String text = Files.readString(scripts.script(script));
        Path own = scripts.archive(script);
        Files.writeString( // this java, with the other one's archive and its size
            file,
            text.replace(own.toRealPath().toString(), foreign.toRealPath().toString())
                .replace("'" + Files.size(own) + "'", "'" + Files.size(foreign) + "'"));
        assertThat(others.run(receiver, script, PURCHASE)).as(others.log()).isZero();
      }
    }
    assertThat(receiver.awaitMessages(6).violations()).isEmpty();
  }

  /** A java of another version than this one; null if there is none. */
  private static Path otherJava() throws IOException {
    String own = "JAVA_VERSION=\"" + Runtime.version().feature() + ".";
    if (!Files.isDirectory(Path.of("/usr/lib/jvm"))) return null;
    try (Stream<Path> homes = Files.list(Path.of("/usr/lib/jvm"))) {
      for (Path home : homes.toList()) {
        Path release = home.resolve("release");
        Path java = home.resolve("bin").resolve("java");
        if (!Files.isExecutable(java) || !Files.exists(release)) continue;
        if (!Files.readString(release).contains(own)) return java;
      }
    }
    return null;
  }

  @Test
  void starts_takeAtMostTenTimesWhatWasMeasured() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    double version = median(20, () -> new ProcessBuilder(java, "-version").start());
    double once =
        median(20, () -> scripts.start(receiver, 1, ONCE, "--stay", "0", PURCHASE).get(0));
    scripts.run(receiver, RESIDENT, PURCHASE);
    double resident =
        median(20, () -> scripts.start(receiver, 1, RESIDENT, "--stay", "0", PURCHASE).get(0));
    assertThat(once / version).isLessThan(30);
    assertThat(resident).isLessThan(150);
    long started = System.nanoTime();
    InstalledScripts.exitCodes(scripts.start(receiver, 20, RESIDENT, "--stay", "0", PURCHASE));
    assertThat(System.nanoTime() - started).isLessThan(TimeUnit.SECONDS.toNanos(2));
  }

  private interface Start {
    Process start() throws IOException;
  }

  private static double median(int times, Start start) throws Exception {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      long started = System.nanoTime();
      assertThat(InstalledScripts.exitCodes(List.of(start.start()))).containsExactly(0);
      millis.add((System.nanoTime() - started) / 1e6);
    }
    Collections.sort(millis);
    return millis.get(times / 2);
  }
}
