package dev.broadside;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.broadside.Work.Checkout;
import dev.broadside.metrics.RunResult;
import dev.broadside.users.Deaf;
import dev.broadside.users.LoadProfile;
import dev.broadside.users.Transaction;
import dev.broadside.users.UserThreads;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LoadRunTest {
  private static final Broadside ENDLESS =
      Broadside.of(Checkout::new).profile(LoadProfile.users(2)).threads(UserThreads.PLATFORM);

  private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();

  /** Puts all it hears into the queue. */
  private final RunListener listener =
      new RunListener() {
        @Override
        public void started(LoadRun run) {
          heard.add("started");
        }

        @Override
        public void progress(RunProgress progress) {
          heard.add(progress);
        }

        @Override
        public void ended(RunResult result) {
          heard.add(result);
        }
      };

  private Object next() throws InterruptedException {
    return Objects.requireNonNull(heard.poll(60, TimeUnit.SECONDS), "nothing was heard");
  }

  @Test
  void listener_hearsOfTheRunOnceASecond() throws Exception {
    try (LoadRun run = ENDLESS.listener(listener).start()) {
      assertThat(next()).isEqualTo("started");
      RunProgress progress = (RunProgress) next();
      assertThat(progress.elapsed()).isBetween(ofMillis(900), ofSeconds(30));
      assertThat(progress.length()).isNull();
      assertThat(progress.users()).isEqualTo(2);
      assertThat(progress.results()).isPositive();
      assertThat(progress.recent().rate()).isPositive();
      run.stop();
      RunResult result = run.await();
      heard.removeIf(RunProgress.class::isInstance);
      assertThat(heard).containsExactly(result);
    }
  }

  @Test
  void listener_thatFails_harmsNothing() {
    RunListener broken =
        new RunListener() {
          @Override
          public void started(LoadRun run) {
            throw new IllegalStateException("as a test wants it");
          }

          @Override
          public void ended(RunResult result) {
            throw new IllegalStateException("as a test wants it");
          }
        };
    RunResult result = ENDLESS.profile(LoadProfile.users(1).iterations(3)).listener(broken).run();
    assertThat(result.passed()).isTrue();
  }

  @Test
  void listener_mayStopTheRun_butNotWaitForIt() {
    AtomicReference<Throwable> refused = new AtomicReference<>();
    RunListener stopping =
        new RunListener() {
          @Override
          public void started(LoadRun run) {
            run.close();
            try {
              RunResult unused = run.await();
            } catch (IllegalStateException e) {
              refused.set(e);
            }
          }
        };
    try (LoadRun run = ENDLESS.listener(stopping).start()) {
      assertThat(run.await().duration()).isLessThan(ofSeconds(60));
    }
    assertThat(refused.get()).hasMessage("a listener cannot wait for the end of its run");
  }

  @Test
  void stop_endsTheRun_whichPasses() throws Exception {
    try (LoadRun run = ENDLESS.listener(listener).start()) {
      assertThat(next()).isEqualTo("started");
      while (run.progress().results() == 0) Thread.onSpinWait();
      assertThat(run.isRunning()).isTrue();
      run.stop();
      RunResult result = run.await();
      assertThat(result.passed()).as("%s %s", result.verdicts(), result.notes()).isTrue();
      assertThat(run.isRunning()).isFalse();
      assertThat(run.progress().elapsed()).isEqualTo(result.duration());
      assertThat(run.progress().users()).isZero();
      assertThat(run.await()).isSameAs(result);
    }
  }

  @Test
  void stop_beforeAnythingRan_endsIt() {
    try (LoadRun run = ENDLESS.profile(LoadProfile.rate(100)).start()) {
      run.stop();
      assertThat(run.await().duration()).isLessThan(ofSeconds(30));
    }
  }

  @Test
  void close_inMidRun_leavesNoThread() throws Exception {
    BlockingQueue<Thread> users = new LinkedBlockingQueue<>();
    Transaction telling =
        context -> {
          users.add(Thread.currentThread());
          Thread.sleep(1);
        };
    LoadRun run =
        Broadside.of(() -> telling).profile(LoadProfile.rate(1000).hold(ofHours(1))).start();
    Thread user = Objects.requireNonNull(users.poll(60, TimeUnit.SECONDS), "no user");
    run.close();
    assertThat(user.isAlive()).isFalse();
    assertThat(users).noneMatch(Thread::isAlive);
    assertThat(run.await().duration()).isLessThan(ofSeconds(60));
    run.close();
  }

  @Test
  void interrupt_endsTheRunInOrder() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    Transaction telling =
        context -> {
          running.countDown();
          Thread.sleep(1);
        };
    AtomicReference<RunResult> result = new AtomicReference<>();
    AtomicReference<Boolean> flag = new AtomicReference<>();
    Thread caller =
        new Thread(
            () -> {
              result.set(
                  Broadside.of(() -> telling).profile(LoadProfile.users(1).hold(ofHours(1))).run());
              flag.set(Thread.currentThread().isInterrupted());
            });
    caller.start();
    assertThat(running.await(60, TimeUnit.SECONDS)).isTrue();
    caller.interrupt();
    caller.join(60_000);
    assertThat(flag.get()).isTrue();
    assertThat(result.get().passed()).isFalse();
    assertThat(result.get().all().count()).isPositive();
    assertThat(result.get().notes().get(0).text())
        .isEqualTo("the thread that waited for the end was interrupted, which ended the run");
  }

  @Test
  void users_whoIgnoreTheEnd_areCounted() throws Exception {
    CountDownLatch deafened = new CountDownLatch(2);
    CountDownLatch mercy = new CountDownLatch(1);
    Transaction deaf =
        context -> {
          deafened.countDown();
          Deaf.await(mercy);
        };
    try (LoadRun run =
        Broadside.of(() -> deaf)
            .threads(UserThreads.PLATFORM)
            .profile(LoadProfile.users(2))
            .grace(Duration.ZERO)
            .start()) {
      assertThat(deafened.await(60, TimeUnit.SECONDS)).isTrue();
      run.stop();
      RunResult result = run.await();
      assertThat(result.counters()).containsEntry("abandoned users", 2L);
      assertThat(result.all().failures()).isEqualTo(2);
      assertThat(result.errors())
          .singleElement()
          .satisfies(error -> assertThat(error.text()).startsWith("abandoned: "));
      assertThat(result.passed()).isFalse();
    } finally {
      mercy.countDown();
    }
  }

  @Test
  void threshold_thatAborts_endsTheRun() {
    Transaction broken =
        context -> {
          Thread.sleep(1);
          throw new IllegalStateException("out of stock");
        };
    RunResult result =
        Broadside.of(() -> broken)
            .profile(LoadProfile.users(2).hold(ofHours(1)))
            .thresholds("errors < 1% abort")
            .run();
    assertThat(result.duration()).isBetween(ofSeconds(10), ofSeconds(60));
    assertThat(result.passed()).isFalse();
    assertThat(result.verdicts().get(0).measured()).contains("which ended the run");
  }

  @Test
  void run_withoutAProfileStartsNothing() {
    assertThatIllegalStateException().isThrownBy(Broadside.of(Checkout::new)::start);
  }

  @Test
  void threads_haveTheRunsName() throws Exception {
    try (LoadRun run = ENDLESS.name("shop").listener(listener).start()) {
      assertThat(next()).isEqualTo("started");
      List<String> expected = List.of("shop-1", "shop-2", "shop-load", "shop-run");
      while (!threadNames("shop-").containsAll(expected)) Thread.onSpinWait();
      assertThat(threadNames("shop-")).containsExactlyElementsOf(expected);
    }
  }

  private static List<String> threadNames(String beginning) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith(beginning))
        .sorted()
        .toList();
  }
}
