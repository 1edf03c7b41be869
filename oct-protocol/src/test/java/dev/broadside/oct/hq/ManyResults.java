package dev.broadside.oct.hq;

import dev.broadside.metrics.Measurement;
import dev.broadside.metrics.RunRecorder;
import dev.broadside.metrics.RunResult;
import dev.broadside.oct.protocol.ResultEncoder;
import dev.broadside.oct.protocol.TransactionResult;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Takes in results by the million as a headquarters does, in a JVM of its own, and prints what of
 * the heap a collection leaves: {@code heap RESULTS BYTES} now and then, and at the end {@code
 * metrics BYTES}, which is what the recorder held.
 */
final class ManyResults {
  private static final int LABELS = 200;
  private static final int TIMERS = 20;
  private static final int RESULTS = 10_000_000;
  private static final List<Integer> LOOKS = List.of(2_000_000, 6_000_000, RESULTS);
  private static final int EARLY = 250_000; // by then all intervals have come
  private static final long PACE_NANOS = Duration.ofSeconds(600).toNanos() / EARLY;
  private static final Duration AGE = Duration.ofHours(2);

  private final ResultEncoder encoder = new ResultEncoder();
  private final Random random = new Random(5);
  private final RunRecorder recorder = RunRecorder.create();
  private final HqCounters counters = new HqCounters();
  private final Intake intake =
      new Intake(
          HqClock.SYSTEM,
          new TurretRoster(1),
          counters,
          () -> "nowhere",
          () -> {},
          new GuardedListener<Measurement>(heard -> {}, counters, HqClock.SYSTEM),
          raw -> {});

  private ManyResults() {
    intake.open(new RunLedger(recorder, HqClock.SYSTEM.now() - AGE.toNanos(), null));
  }

  /** The argument says what they are like: {@code steady} or {@code flood}. */
  public static void main(String[] args) {
    ManyResults results = new ManyResults();
    if (args[0].equals("steady")) results.steady();
    else results.flood();
    results.check();
    long with = heapAfterCollection();
    Reference.reachabilityFence(results);
    results = null;
    System.out.println("metrics " + (with - heapAfterCollection()));
  }

  /** Of 200 turrets, with one of 20 timers each; one in a hundred fails. */
  private void steady() {
    for (int i = 1; i <= RESULTS; i++) {
      int label = random.nextInt(LABELS);
      long nanos = (long) (20e6 * Math.exp(random.nextGaussian()));
      String error = random.nextInt(100) == 0 ? "HTTP 50" + random.nextInt(5) : null;
      take("turret " + label, i, nanos, error, Map.of("timer " + label % TIMERS, nanos / 2));
      if (LOOKS.contains(i)) System.out.println("heap " + i + " " + heapAfterCollection());
    }
  }

  /** More names of everything than are kept, and long errors of which no two are alike. */
  private void flood() {
    Map<String, Long> timers = new LinkedHashMap<>();
    for (int i = 0; i < 2000; i++) timers.put("timer " + i, 1_000_000L);
    String trace = "at somewhere(Somewhere.java)\n".repeat(500);
    for (int i = 0; i < 10_000; i++) {
      boolean hasTimers = i % 100 == 0;
      take("turret " + i, i, 1_000_000, i + trace, hasTimers ? timers : Map.of());
    }
  }

  private void take(
      String turret, int index, long nanos, @Nullable String error, Map<String, Long> timers) {
    long elapsed = PACE_NANOS * Math.min(index, EARLY - 1);
    byte[] message =
        encoder.encode(new TransactionResult(turret, elapsed, 0, nanos, error, timers));
    intake.onMessage(List.of(message));
  }

  private void check() {
    RunResult result = recorder.result(Instant.EPOCH, AGE, counters.counts());
    System.out.println("taken " + result.all().count());
    System.out.println("labels " + result.transactions().size());
    System.out.println("timers " + result.timers().size());
    System.out.println("errors " + result.errors().size());
    System.out.println("intervals " + result.all().series().intervals().size());
  }

  private static long heapAfterCollection() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
