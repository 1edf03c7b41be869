package dev.broadside.users.feed;

import dev.broadside.users.EndRunException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads those records of one run that are in its shard, once or again and again, and ends the run
 * when there are none. Used by one thread at a time.
 */
final class Supply<T> implements AutoCloseable {
  private final String name;
  private final Records<T> records;
  private final Shard shard;
  private Records.@Nullable Reader<T> reader;
  private long index;

  Supply(String name, Records<T> records, Shard shard) {
    this.name = name;
    this.records = records;
    this.shard = shard;
  }

  /** The next record of the shard; null at the end, after which it begins again. */
  @Nullable Supplier<T> next() {
    try {
      Records.Reader<T> open = opened();
      for (Supplier<T> record = open.next(); record != null; record = open.next()) {
        if (shard.holds(index++)) return record;
      }
      close();
      return null;
    } catch (NoSuchFileException | FileNotFoundException e) {
      throw new EndRunException(name + ": no such file", true);
    } catch (IOException e) {
      throw new EndRunException(name + ": " + e, true);
    } catch (FeedException e) {
      throw new EndRunException(Objects.requireNonNull(e.getMessage()), true);
    }
  }

  private Records.Reader<T> opened() throws IOException {
    Records.Reader<T> open = reader;
    if (open != null) return open;
    open = records.open();
    reader = open;
    index = 0;
    return open;
  }

  EndRunException empty() {
    return new EndRunException(name + ": no records" + shard, true);
  }

  EndRunException usedUp(long count, boolean failure) {
    return new EndRunException(
        name + ": all " + count + " records" + shard + " are used up", failure);
  }

  @Override
  public void close() {
    Records.Reader<T> open = reader;
    reader = null;
    if (open == null) return;
    try {
      open.close();
    } catch (IOException e) {
      System.getLogger(Supply.class.getName())
          .log(System.Logger.Level.DEBUG, name + " could not be closed", e);
    }
  }
}
