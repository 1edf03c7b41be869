package dev.broadside.users.feed;

import java.util.Iterator;
import java.util.function.Supplier;

/** The elements of an iterable. */
record IterableRecords<T>(Iterable<? extends T> elements) implements Records<T> {
  @Override
  public Reader<T> open() {
    Iterator<? extends T> iterator = elements.iterator();
    return () -> iterator.hasNext() ? given(iterator.next()) : null;
  }

  private static <T> Supplier<T> given(T element) {
    return () -> {
      if (element == null) throw new FeedException("a record is null");
      return element;
    };
  }
}
