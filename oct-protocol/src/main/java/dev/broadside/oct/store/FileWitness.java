package dev.broadside.oct.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sees whether a database's file is still the one that was opened. SQLite writes into a deleted one
 * without a word.
 */
final class FileWitness {
  private final @Nullable Path file;
  private final Optional<Object> identity;

  /** Of a file that is there now, if the database is a file. */
  FileWitness(DatabaseUri database) {
    this.file = database.file();
    this.identity = file == null ? Optional.empty() : identity(file);
  }

  /** Whether it was deleted, or another one has taken its place. */
  boolean isGone() {
    return file != null && !identity(file).equals(identity);
  }

  private static Optional<Object> identity(Path file) {
    try {
      Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      return Optional.of(key == null ? "has none on this system" : key);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
