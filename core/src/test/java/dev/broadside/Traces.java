package dev.broadside;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.PlatformManagedObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a process has at one moment: threads, sockets, temporary files. */
record Traces(List<String> all) {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final Pattern VIRTUAL = Pattern.compile("#\\d+ \"(.*)\" virtual.*");
  private static final String CARRIERS = "ForkJoinPool-1-worker-"; // of the JVM's own scheduler

  static Traces now() throws Exception {
    List<String> all = new ArrayList<>();
    Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> !name.startsWith(CARRIERS))
        .forEach(name -> all.add("thread " + name));
    if (Runtime.version().feature() >= 21) addVirtualThreads(all);
    addSockets(all);
    try (Stream<Path> files = Files.list(RunsInARow.temporary())) {
      files.forEach(file -> all.add("file " + file.getFileName()));
    }
    return new Traces(all);
  }

  /** A dump tells of all; stack traces tell of platform threads only. */
  private static void addVirtualThreads(List<String> all) throws Exception {
    String name = "com.sun.management.HotSpotDiagnosticMXBean";
    Class<? extends PlatformManagedObject> type =
        Class.forName(name).asSubclass(PlatformManagedObject.class);
    Class<?> format = Class.forName(name + "$ThreadDumpFormat");
    Path dump = RunsInARow.temporary().resolve("dump.txt").toAbsolutePath();
    type.getMethod("dumpThreads", String.class, format)
        .invoke(
            ManagementFactory.getPlatformMXBean(type),
            dump.toString(),
            format.getEnumConstants()[0]);
    for (String line : Files.readAllLines(dump)) {
      Matcher virtual = VIRTUAL.matcher(line);
      if (virtual.matches()) all.add("virtual thread " + virtual.group(1));
    }
    Files.delete(dump);
  }

  private static void addSockets(List<String> all) throws IOException {
    try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
      descriptors.map(Traces::target).filter(to -> to.startsWith("socket:")).forEach(all::add);
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return "gone"; // that of the listing itself
    }
  }

  /** What there is now and was not then. */
  List<String> beyond(Traces then) {
    List<String> more = new ArrayList<>(all);
    then.all.forEach(more::remove);
    return more;
  }
}
