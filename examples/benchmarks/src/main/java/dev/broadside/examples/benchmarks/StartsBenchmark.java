package dev.broadside.examples.benchmarks;

import dev.broadside.messaging.Endpoint;
import dev.broadside.messaging.MessageReceiver;
import dev.broadside.messaging.MessagingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * What the start of a user costs under Loads, from exec to exit, by each kind of runner: one hit,
 * its messages to a live receiver, and no stay. Beside it, in turns, {@code java -version}.
 */
final class StartsBenchmark {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int MESSAGES_OF_A_HIT = 3;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final StartsOptions options;
  private final AtomicLong received = new AtomicLong();
  private long expected;

  StartsBenchmark(StartsOptions options) {
    this.options = options;
  }

  /** False when a user's messages are missing. */
  boolean run() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("broadside-starts");
    try (MessagingContext context = MessagingContext.create("starts");
        MessageReceiver receiver =
            MessageReceiver.builder(
                    context,
                    Endpoint.parse("tcp://127.0.0.1:0"),
                    frames -> received.incrementAndGet())
                .open()) {
      measure(kinds(folder, receiver.endpoint()));
      awaitMessages();
    } finally {
      delete(folder);
    }
    print("messages: %,d of %,d%n", received.get(), expected);
    return received.get() >= expected;
  }

  /** The last ones may still be under way. */
  private void awaitMessages() throws InterruptedException {
    long until = System.nanoTime() + PATIENCE_NANOS;
    while (received.get() < expected && until - System.nanoTime() > 0) Thread.sleep(10);
  }

  private List<StartKind> kinds(Path folder, Endpoint receiver)
      throws IOException, InterruptedException {
    Map<String, String> variables =
        Map.of(
            "LOADS_ZMQ_RECEIVER", receiver.toString(),
            "LOADS_AGENT_ID", "None",
            "LOADS_RUN_ID", "",
            "LOADS_TOTAL_HITS", "1");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String jar = options.runner().toString();
    Path scripts = folder.resolve("scripts");
    List<String> install =
        List.of(
            java, "-jar", jar, "install", scripts.toString(), "--classpath", options.classPath());
    long unused = new StartKind("install", folder, Map.of(), install).time(1);
    return List.of(
        new StartKind("java -version", folder, variables, List.of(java, "-version")),
        user("loads-java", folder, variables, scripts.resolve("loads-java").toString()),
        user("loads-java-once", folder, variables, scripts.resolve("loads-java-once").toString()),
        user(
            "java -jar", folder, variables, java, "-jar", jar, "--classpath", options.classPath()));
  }

  private StartKind user(
      String name, Path folder, Map<String, String> variables, String... command) {
    List<String> whole =
        Stream.concat(Stream.of(command), Stream.of("--stay", "0", options.test())).toList();
    return new StartKind(name, folder, variables, whole);
  }

  private void measure(List<StartKind> kinds) throws IOException, InterruptedException {
    for (StartKind kind : kinds) warmUp(kind);
    for (int i = 0; i < options.starts(); i++) {
      for (StartKind kind : kinds) kind.single.add(time(kind, 1));
    }
    for (int i = 0; i < options.rounds(); i++) {
      for (StartKind kind : kinds.subList(0, kinds.size() - 1)) { // plain ones outlast the limit
        kind.lastOfMany.add(time(kind, options.atOnce()));
      }
    }
    report(kinds);
  }

  private void warmUp(StartKind kind) throws IOException, InterruptedException {
    for (int i = 0; i < 3; i++) {
      long unused = time(kind, 1);
    }
  }

  private long time(StartKind kind, int users) throws IOException, InterruptedException {
    if (!kind.name.equals("java -version")) expected += (long) users * MESSAGES_OF_A_HIT;
    return kind.time(users);
  }

  private void report(List<StartKind> kinds) {
    print("Java %s, medians%n", System.getProperty("java.version"));
    print("%-18s %12s %8s %18s %8s%n", "", "one", "ratio", "last of " + options.atOnce(), "ratio");
    double one = median(kinds.get(0).single);
    double last = median(kinds.get(0).lastOfMany);
    for (StartKind kind : kinds) {
      print("%-18s %9.0f ms %8.1f", kind.name, median(kind.single), median(kind.single) / one);
      if (kind.lastOfMany.isEmpty()) print("%n");
      else {
        double many = median(kind.lastOfMany);
        print(" %15.0f ms %8.1f%n", many, many / last);
      }
    }
  }

  private static double median(List<Long> nanos) {
    long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    return sorted[sorted.length / 2] / NANOS_PER_MILLI;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
