package dev.broadside.users.feed;

import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where records come from: can be read again and again, from the beginning. */
interface Records<T> {
  /** Begins to read. */
  Reader<T> open() throws IOException;

  /** Reads the records once, one after the other. Used by one thread at a time. */
  interface Reader<T> extends AutoCloseable {
    /**
     * The next record, or what throws {@link FeedException} if it cannot be read; null at the end.
     */
    @Nullable Supplier<T> next() throws IOException;

    @Override
    default void close() throws IOException {}
  }
}
