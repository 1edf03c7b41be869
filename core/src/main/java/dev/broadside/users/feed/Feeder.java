package dev.broadside.users.feed;

import dev.broadside.users.EndRunException;
import dev.broadside.users.TransactionContext;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gives transactions their data, a record for each draw:
 *
 * <pre>{@code
 * static final Feeder<CsvRow> CUSTOMERS = Feeder.csv(Path.of("customers.csv")).circular();
 *
 * public void run(TransactionContext context) {
 *   CsvRow customer = CUSTOMERS.next(context);
 *   login(customer.get("name"), customer.get("password"));
 * }
 * }</pre>
 *
 * <p>A feeder only says what is drawn and how: it is immutable, and every method gives another one.
 * The users of a run that draw from the same feeder share its records; the next run begins anew. So
 * make one for all users, not one in each transaction. Thread-safe.
 *
 * <p>In order and circular, files are read as they are drawn; at random, all records of the run are
 * kept in memory. What cannot be read at all ends the run, and fails it.
 */
public final class Feeder<T> {
  private final String name;
  private final Records<T> records;
  private final FeedRules rules;

  private Feeder(String name, Records<T> records, FeedRules rules) {
    this.name = name;
    this.records = records;
    this.rules = rules;
  }

  /**
   * The rows of a CSV file, as RFC 4180 has it, in UTF-8: the first one names the columns; fields
   * may stand in quotes, and then hold commas, line ends and quotes written twice.
   */
  public static Feeder<CsvRow> csv(Path file) {
    return csv(file, ',');
  }

  /** The same with another delimiter than a comma. */
  public static Feeder<CsvRow> csv(Path file, char delimiter) {
    if (delimiter == '"' || delimiter == '\n' || delimiter == '\r') {
      throw new IllegalArgumentException("delimiter: a quote or a line end");
    }
    return new Feeder<>(file.toString(), new CsvRecords(file, delimiter), FeedRules.NONE);
  }

  /** The lines of a file in UTF-8, each a JSON object. */
  public static Feeder<Map<String, @Nullable Object>> jsonLines(Path file) {
    return new Feeder<>(file.toString(), JsonRecords.ofMaps(file), FeedRules.NONE);
  }

  /** The lines of a file in UTF-8, each JSON that Jackson makes such an object of. */
  public static <T> Feeder<T> jsonLines(Path file, Class<T> type) {
    return new Feeder<>(file.toString(), JsonRecords.of(file, type), FeedRules.NONE);
  }

  /**
   * Given records: those of a collection as it is now, those of another iterable as each run finds
   * them. Its iterator is used by one thread at a time.
   *
   * @throws NullPointerException saying which, if one of a collection is null
   */
  public static <T> Feeder<T> of(Iterable<? extends T> records) {
    Objects.requireNonNull(records, "records");
    Iterable<? extends T> kept =
        records instanceof Collection<? extends T> c ? withoutNull(c) : records;
    return new Feeder<>("records", new IterableRecords<>(kept), FeedRules.NONE);
  }

  private static <T> List<T> withoutNull(Collection<? extends T> records) {
    int number = 0;
    for (T record : records) {
      number++;
      if (record == null) throw new NullPointerException("record " + number + " is null");
    }
    return List.copyOf(records);
  }

  /** What results and messages call it. Default its file, or "records". */
  public Feeder<T> name(String name) {
    return new Feeder<>(Objects.requireNonNull(name, "name"), records, rules);
  }

  /** Records that this makes of the present ones: each time when one is drawn, on its thread. */
  public <U> Feeder<U> map(Function<? super T, ? extends U> function) {
    Objects.requireNonNull(function, "function");
    return new Feeder<>(name, new MappedRecords<>(records, function), rules);
  }

  /** One record after the other, each once; then the run ends. This is the default. */
  public Feeder<T> inOrder() {
    return with(rules.with(Order.IN_ORDER, OptionalLong.empty()));
  }

  /** One record after the other, and the first again after the last. */
  public Feeder<T> circular() {
    return with(rules.with(Order.CIRCULAR, OptionalLong.empty()));
  }

  /**
   * Any record, again and again. Every run draws a seed, which stands in its result as {@code
   * feeder NAME}.
   */
  public Feeder<T> random() {
    return with(rules.with(Order.RANDOM, OptionalLong.empty()));
  }

  /** The same with draws that can be repeated; which user gets which of them depends on timing. */
  public Feeder<T> random(long seed) {
    return with(rules.with(Order.RANDOM, OptionalLong.of(seed)));
  }

  /**
   * Each record at most once in a run; then the run ends. In order that is so anyhow; random
   * records come shuffled.
   *
   * @throws IllegalStateException if it is circular
   */
  public Feeder<T> unique() {
    return with(rules.with(rules.order().unique(), rules.seed()));
  }

  /**
   * Lets the run fail when its records are used up. Default: it ends, and may pass; arrivals that
   * waited for a user then are {@code unstarted}, as at any other end.
   */
  public Feeder<T> failWhenUsedUp() {
    return with(new FeedRules(rules.order(), rules.seed(), rules.sharded(), true));
  }

  /**
   * Takes a part of the records, so that turrets on several machines have no record in common: with
   * the configuration key {@code "feeder_shard": "2/4"} every fourth one from the second on. {@code
   * Broadside.settings} sets it for a standalone run.
   */
  public Feeder<T> sharded() {
    return with(new FeedRules(rules.order(), rules.seed(), true, rules.failsAtEnd()));
  }

  private Feeder<T> with(FeedRules changed) {
    return new Feeder<>(name, records, changed);
  }

  /**
   * Draws a record. In {@code setUp} it stays out of the transaction's time.
   *
   * @throws FeedException if this record cannot be read; the next draw gives the next one
   * @throws EndRunException if there are no more, or none can be read: let it through
   */
  public T next(TransactionContext context) {
    return context.perRun(FeedDraws.class, FeedDraws::new).of(this, context).next();
  }

  Draws<T> begin(TransactionContext context) {
    Shard shard = rules.sharded() ? Shard.of(context.settings()) : Shard.ALL;
    Supply<T> supply = new Supply<>(name, records, shard);
    if (!rules.order().isRandom()) return new DrawsInOrder<>(supply, rules);
    long seed = rules.seed().orElseGet(() -> ThreadLocalRandom.current().nextLong(1L << 32));
    context.seed("feeder " + name, seed);
    return new DrawsAtRandom<>(supply, rules, seed);
  }
}
