package dev.broadside.users.feed;

import dev.broadside.users.EndRunException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One of several equal parts of all records.
 *
 * @param number which, counted from 1
 * @param count how many there are
 */
record Shard(int number, int count) {
  static final String KEY = "feeder_shard";
  static final Shard ALL = new Shard(1, 1);

  private static final Pattern PARTS = Pattern.compile("([0-9]{1,9})/([0-9]{1,9})");

  /** The one that is configured; what is wrong ends the run, since no record can be told. */
  static Shard of(Map<String, @Nullable Object> settings) {
    Object value = settings.get(KEY);
    Matcher parts = PARTS.matcher(value instanceof String text ? text : "");
    if (parts.matches()) {
      int number = Integer.parseInt(parts.group(1));
      int count = Integer.parseInt(parts.group(2));
      if (number >= 1 && number <= count) return new Shard(number, count);
    }
    String found = value instanceof String text ? '"' + text + '"' : String.valueOf(value);
    throw new EndRunException(
        KEY + ": " + found + "; expected which shard of how many, from \"1/4\" to \"4/4\"", true);
  }

  /** Whether the record of this index, counted from 0, is in it. */
  boolean holds(long index) {
    return index % count == number - 1;
  }

  /** What a message says after "records": nothing, if they are all. */
  @Override
  public String toString() {
    return count == 1 ? "" : " of shard " + number + "/" + count;
  }
}
