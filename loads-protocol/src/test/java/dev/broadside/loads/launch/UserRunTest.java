package dev.broadside.loads.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.loads.LoadsEnvironment;
import dev.broadside.loads.testing.StrictReceiver;
import dev.broadside.messaging.MessagingContext;
import dev.broadside.users.IntendedStarts;
import dev.broadside.users.OpenProfile;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users of a JVM that runs many of them; those of a process of their own are tested as such. */
class UserRunTest implements UserRun.Host {
  private static final String CHECKOUT = "com.acme.load.Checkout";

  @TempDir Path folder;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Map<OpenProfile, IntendedStarts> shared = new ConcurrentHashMap<>();
  private StrictReceiver receiver;
  private MessagingContext context;
  private UserClassPath classPath;

  @BeforeEach
  void open() {
    receiver = StrictReceiver.onTcp();
    context = MessagingContext.create("host");
    classPath = new UserClassPath(List.of(Path.of("target", "test-classes").toAbsolutePath()));
  }

  @AfterEach
  void close() throws Exception {
    classPath.close();
    context.close();
    receiver.close();
  }

  @Override
  public TestFinder finder(RunnerArguments arguments, Path folder) {
    return new TestFinder(classPath, folder);
  }

  @Override
  public MessagingContext context(LoadsEnvironment environment) {
    return context;
  }

  @Override
  public IntendedStarts arrivals(
      OpenProfile profile, RunnerArguments arguments, LoadsEnvironment environment) {
    return shared.computeIfAbsent(profile, IntendedStarts::of);
  }

  @Test
  void rate_isSharedByUsersOfThisJvm() throws Exception {
    List<Integer> codes = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    long since = System.nanoTime();
    for (int user = 1; user <= 3; user++) {
      UserRun run = user(variables(user, 5), CHECKOUT, "--rate=50/s").build();
      threads.add(new Thread(() -> codes.add(run.run())));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) thread.join();
    assertThat(codes).containsExactly(0, 0, 0);
    assertThat(System.nanoTime() - since).isGreaterThan(280_000_000); // when the 15th comes
    assertThat(log())
        .hasSize(3)
        .allMatch(line -> line.contains("5 hits,") && line.contains("; 5 scheduled = "));
  }

  @Test
  void rate_isRefusedWhereAUserIsAProcess() {
    PrintStream told = new PrintStream(err, true, StandardCharsets.UTF_8);
    List<String> arguments = List.of(CHECKOUT, "--rate", "5/s");
    UserRun alone = UserRun.builder(arguments, variables(1, 1), folder).err(told).build();
    assertThat(alone.run()).isEqualTo(UserRun.WRONG_USE);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("a process per user cannot follow an open profile; use the resident runner");
  }

  @Test
  void users_runBesideEachOther_eachWithItsEnvironmentAndLog() throws Exception {
    List<Integer> codes = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (int user = 1; user <= 5; user++) {
      UserRun run = user(variables(user, 10), CHECKOUT).process("process 10" + user).build();
      threads.add(new Thread(() -> codes.add(run.run())));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) thread.join();
    assertThat(codes).containsExactly(0, 0, 0, 0, 0);
    StrictReceiver.Verdict verdict = receiver.awaitMessages(5 * 30);
    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.unfinished()).isEmpty();
    for (int user = 1; user <= 5; user++) {
      assertThat(verdict.countWithStatus("addSuccess", 10, 5, 10, user)).isEqualTo(1);
      String who = " INFO user " + user + "/5 process 10" + user + ": " + CHECKOUT + ": 10 hits";
      assertThat(log()).anyMatch(line -> line.contains(who));
    }
  }

  @Test
  void tests_seeTheEnvironmentOfTheirUser() throws Exception {
    assertThat(user(variables(4, 1), "com.acme.load.CurrentUser").build().run())
        .as(() -> "" + log())
        .isZero();
    assertThat(receiver.awaitMessages(4).hits("http://user/4")).isEqualTo(1);
  }

  @Test
  void stop_beforeTheBeginning_runsNothing() {
    UserRun run = user(variables(1, 5), CHECKOUT).build();
    run.stop("its launcher is gone");
    assertThat(run.run()).isEqualTo(UserRun.FAILED);
    assertThat(log())
        .singleElement()
        .asString()
        .contains("0 hits", "ended before its time: its launcher is gone");
  }

  @Test
  void aLogThatCannotBeOpened_isToldOnceAndStopsNothing() {
    UserRun run = user(variables(1, 1), "--log", "no/such/folder/x.log", CHECKOUT).build();
    assertThat(run.run()).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("the log no/such/folder/x.log cannot be opened", "1 hit, 0 failures");
  }

  @Test
  void wrongVariables_areAllNamed() {
    Map<String, String> wrong = variables(1, 1);
    wrong.remove("LOADS_ZMQ_RECEIVER");
    wrong.put("LOADS_TOTAL_USERS", "all");
    assertThat(user(wrong, CHECKOUT).build().run()).isEqualTo(UserRun.WRONG_USE);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("LOADS_ZMQ_RECEIVER is not set", "LOADS_TOTAL_USERS is \"all\"");
  }

  @Test
  void mistakes_areOneLineInTheLog() {
    Map<String, String> unknown = variables(1, 1);
    unknown.put("LOADS_ZMQ_RECEIVER", "tcp://no-such-host.invalid:5555");
    for (Map<String, String> variables : List.of(variables(1, 1), unknown)) {
      String test = variables == unknown ? CHECKOUT : "com.acme.Nowhere";
      assertThat(user(variables, test).build().run()).isNotZero();
    }
    assertThat(log()).as("%s", log()).noneMatch(line -> line.contains("\tat "));
  }

  private UserRun.Builder user(Map<String, String> variables, String... arguments) {
    return UserRun.builder(List.of(arguments), variables, folder)
        .host(this)
        .err(new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private Map<String, String> variables(int user, int hits) {
    Map<String, String> variables = new HashMap<>(receiver.environment(hits));
    variables.put("LOADS_TOTAL_USERS", "5");
    variables.put("LOADS_CURRENT_USER", Integer.toString(user));
    return variables;
  }

  private List<String> log() {
    try {
      return Files.readAllLines(folder.resolve("loads-runner.log"));
    } catch (java.io.IOException e) {
      return List.of();
    }
  }
}
