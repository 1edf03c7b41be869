package dev.broadside;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.broadside.Work.Broken;
import dev.broadside.Work.Browse;
import dev.broadside.Work.Checkout;
import dev.broadside.metrics.RunNote;
import dev.broadside.metrics.RunResult;
import dev.broadside.users.LoadProfile;
import dev.broadside.users.UserThreads;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A process that runs loads again and again, and tells what there is more of afterwards. */
final class RunsInARow {
  private static final boolean HAS_VIRTUAL = Runtime.version().feature() >= 21;
  private static final List<UserThreads> KINDS =
      HAS_VIRTUAL
          ? List.of(UserThreads.PLATFORM, UserThreads.VIRTUAL)
          : List.of(UserThreads.PLATFORM);

  private static final List<Broadside> RUNS =
      List.of(
          Broadside.of(Checkout::new).profile(LoadProfile.users(3).iterations(6)),
          Broadside.of(Checkout::new).profile(LoadProfile.rate(500).hold(ofMillis(20))),
          Broadside.of(Scenario.mix().add(1, Browse::new).add(1, Broken::new))
              .profile(LoadProfile.users(2).hold(ofMillis(30)).pacing(ofMillis(2))),
          Broadside.of(
                  Scenario.of(Browse::new),
                  Scenario.of(Checkout::new).profile(LoadProfile.rate(100).poisson()))
              .profile(LoadProfile.users(2)),
          Broadside.of(Work.Stuck::new)
              .profile(LoadProfile.users(2).hold(ofMillis(30)))
              .grace(ofMillis(1)));

  private static final List<Object> kept = new ArrayList<>();

  private RunsInARow() {}

  /** Arguments: how many runs before the first look, how many before the second, a mode. */
  public static void main(String[] args) throws Exception {
    if (args[0].equals("refused")) {
      runOutOfThreads();
      return;
    }
    run(0, Integer.parseInt(args[0]));
    Traces before = Traces.now();
    run(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
    if (args[2].equals("leaking")) leak();
    List<String> more = Traces.now().beyond(before);
    for (int i = 0; i < 100 && !more.isEmpty(); i++) { // the JVM's own come and go
      LockSupport.parkNanos(ofMillis(20).toNanos());
      more = Traces.now().beyond(before);
    }
    more.forEach(System.out::println);
    System.out.println("done");
  }

  private static void run(int from, int to) {
    for (int i = from; i < to; i++) {
      Broadside each = RUNS.get(i % RUNS.size()).threads(KINDS.get(i / 2 % KINDS.size()));
      if (i % RUNS.size() == 3) closeInMidRun(each);
      else requireSomething(each.run());
    }
  }

  private static void requireSomething(RunResult result) {
    if (result.duration().isZero()) throw new AssertionError(result);
  }

  private static void closeInMidRun(Broadside endless) {
    try (LoadRun run = endless.start()) {
      while (run.progress().results() == 0) Thread.onSpinWait();
    }
  }

  private static void leak() throws IOException {
    kept.add(Files.createTempFile("leak", ".txt"));
    kept.add(new ServerSocket(0));
    for (UserThreads kind : KINDS) start(kind);
  }

  private static void start(UserThreads kind) {
    LoadRun run =
        Broadside.of(() -> context -> LockSupport.park(ofSeconds(3)))
            .name("leak-" + kind)
            .threads(kind)
            .profile(LoadProfile.users(1))
            .start();
    while (run.progress().users() == 0) Thread.onSpinWait();
    kept.add(run);
  }

  private static void runOutOfThreads() {
    RunResult result =
        Broadside.of(Checkout::new)
            .threads(UserThreads.PLATFORM)
            .profile(LoadProfile.users(1000).hold(ofSeconds(300)))
            .run();
    result.notes().stream().map(RunNote::text).forEach(System.out::println);
    System.out.println(result.passed() + " after " + result.duration().toSeconds() / 100);
  }

  /** Where the temporary files of this process are. */
  static Path temporary() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }
}
