package dev.broadside.users.feed;

import java.io.IOException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a function makes of other records, each time when one is drawn. */
record MappedRecords<S, T>(Records<S> source, Function<? super S, ? extends T> function)
    implements Records<T> {
  @Override
  public Reader<T> open() throws IOException {
    Reader<S> reader = source.open();
    return new Reader<>() {
      @Override
      public @Nullable Supplier<T> next() throws IOException {
        Supplier<S> record = reader.next();
        return record == null ? null : () -> function.apply(record.get());
      }

      @Override
      public void close() throws IOException {
        reader.close();
      }
    };
  }
}
