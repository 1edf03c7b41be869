package dev.broadside.loads.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerLogTest {
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

  @TempDir Path folder;

  private final ByteArrayOutputStream fallback = new ByteArrayOutputStream();

  @Test
  void lines_haveTimeLevelAndWho() throws Exception {
    try (RunnerLog log = open("x.log", RunnerLog.MAX_BYTES)) {
      log.info("good");
      log.of("user 2/3 process 7").error("bad\nand more", null);
    }
    List<String> lines = Files.readAllLines(folder.resolve("x.log"));
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).matches(TIME + " INFO user 1/3 process 7: good");
    assertThat(lines.get(1)).matches(TIME + " ERROR user 2/3 process 7: bad");
    assertThat(lines.get(2)).matches(TIME + " ERROR user 2/3 process 7: and more");
  }

  @Test
  void failures_comeWithTheirTrace_everyLineWithItsHead() throws Exception {
    try (RunnerLog log = open("x.log", RunnerLog.MAX_BYTES)) {
      log.error("broken", new IllegalStateException("why", new RuntimeException("cause")));
    }
    List<String> lines = Files.readAllLines(folder.resolve("x.log"));
    assertThat(lines)
        .allMatch(line -> line.contains(" ERROR user 1/3 process 7: "))
        .anyMatch(line -> line.contains("IllegalStateException: why"))
        .anyMatch(line -> line.contains("Caused by: java.lang.RuntimeException: cause"));
  }

  @Test
  void hugeTexts_areCut() throws Exception {
    try (RunnerLog log = open("x.log", RunnerLog.MAX_BYTES)) {
      log.info("x".repeat(1_000_000));
    }
    assertThat(Files.size(folder.resolve("x.log"))).isBetween(16_000L, 17_000L);
  }

  @Test
  void manyWriters_keepLinesWholeAndTheFilesBounded() throws Exception {
    int writers = 8;
    int each = 2000;
    long bound = 50_000;
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < writers; i++) { // each with a file of its own, as processes have
      String who = "user " + i + "/8 process " + i;
      threads.add(new Thread(() -> write(who, each, bound)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) thread.join();
    assertThat(fallback.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(Files.size(folder.resolve("x.log"))).isLessThanOrEqualTo(bound);
    assertThat(Files.size(folder.resolve("x.log.1"))).isLessThanOrEqualTo(bound + writers * 100L);
    for (String name : List.of("x.log", "x.log.1")) {
      assertThat(Files.readAllLines(folder.resolve(name)))
          .allMatch(line -> line.matches(TIME + " INFO user (\\d)/8 process \\1: line \\d+ end"));
    }
    assertThat(Files.readString(folder.resolve("x.log"))).contains("line " + (each - 1) + " end");
  }

  private void write(String who, int lines, long bound) {
    PrintStream err = new PrintStream(fallback, true, StandardCharsets.UTF_8);
    try (RunnerLog log = RunnerLog.open(folder.resolve("x.log"), err, who, bound)) {
      for (int i = 0; i < lines; i++) log.info("line " + i + " end");
    } catch (java.io.IOException e) {
      err.println(e);
    }
  }

  @Test
  void loggers_writeToTheLogOfTheirThread() throws Exception {
    Thread user = new Thread(this::logThroughTheSystemsLogger);
    user.start();
    user.join();
    List<String> lines = Files.readAllLines(folder.resolve("x.log"));
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).endsWith(" INFO user 1/3 process 7: Shop: sold 3 of them");
    assertThat(lines.get(1)).endsWith(" WARNING user 1/3 process 7: Shop: {0} stays");
  }

  private void logThroughTheSystemsLogger() {
    try (RunnerLog log = open("x.log", RunnerLog.MAX_BYTES)) {
      log.becomeOfThread();
      System.Logger logger = new RunnerLoggers().getLogger("com.acme.Shop", null);
      logger.log(Level.DEBUG, "unheard");
      logger.log(Level.INFO, "sold {0} of them", 3);
      logger.log(Level.WARNING, "{0} stays");
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  private RunnerLog open(String name, long maxBytes) throws java.io.IOException {
    PrintStream err = new PrintStream(fallback, true, StandardCharsets.UTF_8);
    return RunnerLog.open(folder.resolve(name), err, "user 1/3 process 7", maxBytes);
  }
}
