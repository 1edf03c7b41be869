package dev.broadside.loads.resident;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Whether the files that the classes come from are as they were at the start, by size and time:
 * jars, and in folders what is read once: classes, jars, properties and what is in a {@code
 * META-INF}. What else is there may be the log. A look is remembered for a moment, so that many
 * users at once cost one. For one thread.
 */
final class ClassPathState {
  private static final long REMEMBERED_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final int MAX_FILES = 50_000; // a class path that is somebody's home

  private final List<Path> places;
  private final LongSupplier clock;
  private final long original;
  private boolean changed;
  private long lookedNanos;

  private ClassPathState(List<Path> places, LongSupplier clock) {
    this.places = places;
    this.clock = clock;
    this.original = look();
    this.lookedNanos = clock.getAsLong();
  }

  /**
   * The state of now.
   *
   * @param classPath with entries as Java takes them, {@code folder/*} too
   */
  static ClassPathState of(String classPath, LongSupplier clock) {
    List<Path> places = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      if (entry.isEmpty()) continue;
      String place = entry.endsWith("*") ? entry.substring(0, entry.length() - 1) : entry;
      try {
        places.add(Path.of(place.isEmpty() ? "." : place));
      } catch (InvalidPathException e) {
        // what is no path holds no classes
      }
    }
    return new ClassPathState(places, clock);
  }

  /** Whether something has changed; once changed, it stays so. */
  boolean hasChanged() {
    long now = clock.getAsLong();
    if (changed || now - lookedNanos < REMEMBERED_NANOS) return changed;
    changed = look() != original;
    lookedNanos = clock.getAsLong();
    return changed;
  }

  private long look() {
    Sum sum = new Sum();
    for (Path place : places) {
      try {
        Files.walkFileTree(place, sum);
      } catch (IOException e) {
        sum.add(place.hashCode()); // not there, and the same as long as it is not
      }
    }
    return sum.value;
  }

  /** Independent of the order in which a folder lists its files. */
  private static final class Sum extends SimpleFileVisitor<Path> {
    private long value;
    private int files;

    private void add(long one) {
      long mixed = one * 0x9E3779B97F4A7C15L;
      value += mixed ^ (mixed >>> 32);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (++files > MAX_FILES) return FileVisitResult.TERMINATE;
      if (!isReadOnce(file.toString())) return FileVisitResult.CONTINUE;
      long time = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
      add((file.hashCode() * 31L + attributes.size()) * 31L + time);
      return FileVisitResult.CONTINUE;
    }

    private static boolean isReadOnce(String file) {
      return file.endsWith(".class")
          || file.endsWith(".jar")
          || file.endsWith(".properties")
          || file.contains("/META-INF/");
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      add(file.hashCode());
      return FileVisitResult.CONTINUE;
    }
  }
}
