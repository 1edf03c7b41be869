package dev.broadside.report;

import dev.broadside.metrics.Latencies;
import dev.broadside.metrics.Measurement;
import dev.broadside.metrics.Punctuality;
import dev.broadside.metrics.RunNote;
import dev.broadside.metrics.RunRecorder;
import dev.broadside.metrics.RunResult;
import dev.broadside.metrics.ScheduleRecorder;
import dev.broadside.metrics.Verdict;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * A run with a schedule as it might have been: arrivals in a shop that holds all answers for two
 * seconds. Who browses waits for a free user then, who searches is dropped; some are still waiting
 * when the run ends, since the shop stalls once more.
 */
final class ScheduledSample {
  static final ReportDetails DETAILS = ReportDetails.of("Shop with arrivals");

  static final int SECONDS = 60;
  private static final long SECOND = 1_000_000_000L;
  private static final long END = SECONDS * SECOND;
  private static final List<Long> STALLS = List.of(20 * SECOND, 59 * SECOND);
  private static final long STALL = 2 * SECOND;

  private final Random random = new Random(7);
  private final RunRecorder recorder = RunRecorder.create();

  private ScheduledSample() {}

  static RunResult result() {
    return new ScheduledSample().run();
  }

  private RunResult run() {
    arrivals("browse", 200, 10, true);
    arrivals("search", 40, 8, false);
    RunResult result = recorder.result(SampleRun.STARTED, Duration.ofSeconds(SECONDS), Map.of());
    return result
        .withVerdicts(
            List.of(
                new Verdict("browse: p(99) < 250ms", false, p99(result, "browse"), false),
                new Verdict("dropped < 1%", true, "0.5 %", false)))
        .withGenerator(schedulerError(), seeds(), notes());
  }

  /** So many in a second, which so many users share. */
  private void arrivals(String label, int perSecond, int users, boolean wait) {
    PriorityQueue<Long> free = new PriorityQueue<>();
    for (int i = 0; i < users; i++) free.add(0L);
    int scheduled = SECONDS * perSecond;
    for (int k = 0; k < scheduled; k++) {
      long intended = k * SECOND / perSecond;
      long start = Math.max(intended, free.element());
      if (start > intended && !wait) {
        recorder.dropped(label, null, 1);
      } else if (start >= END) {
        recorder.unstarted(label, null, scheduled - k, Duration.ofNanos(END - intended));
        return;
      } else {
        free.add(fire(label, intended, start, free.remove() > intended));
      }
    }
  }

  private long fire(String label, long intended, long start, boolean late) {
    long service = service(start);
    Punctuality punctuality = late ? Punctuality.LATE : Punctuality.ON_TIME;
    long error = late ? 0 : schedulerNanos();
    String failure = random.nextInt(900) == 0 ? "java.io.IOException: HTTP 503" : null;
    recorder.record(
        new Measurement(
            label,
            "users",
            intended,
            start + error,
            punctuality,
            service,
            failure,
            Map.of("first byte", service / 2)));
    return start + error + service;
  }

  private long service(long start) {
    long nanos = (long) (12e6 * Math.exp(random.nextGaussian() * 0.35));
    for (long stall : STALLS) {
      boolean held = start < stall + STALL && start + nanos > stall;
      if (held) nanos += stall + STALL - Math.max(start, stall);
    }
    return nanos;
  }

  private long schedulerNanos() {
    return (long) (45_000 * Math.exp(random.nextGaussian() * 0.4));
  }

  private Latencies schedulerError() {
    ScheduleRecorder schedule = new ScheduleRecorder();
    for (int i = 0; i < 10_000; i++) schedule.schedulerError(schedulerNanos());
    return schedule.figures().schedulerError();
  }

  private static Map<String, Long> seeds() {
    Map<String, Long> seeds = new LinkedHashMap<>();
    seeds.put("arrivals", 42L);
    seeds.put("users.csv", -6_148_914_691_236_517_205L);
    return seeds;
  }

  private static List<RunNote> notes() {
    return List.of(
        new RunNote(
            "The generator could not keep up: the p99 of its own error is 1.4 ms, and 2 % of the run"
                + " went into collecting garbage, with 1.9 of 2 processors busy.",
            false),
        new RunNote("browse ended the run: the shop has nothing left to sell", true));
  }

  private static String p99(RunResult result, String label) {
    return Units.time(result.transaction(label).response().p(99));
  }
}
