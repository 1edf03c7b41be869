package dev.broadside.users.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Any record, from all of them in memory: again and again, or each at most once. */
final class DrawsAtRandom<T> extends Draws<T> {
  private final Supply<T> supply;
  private final FeedRules rules;
  private final SplittableRandom random;
  private @Nullable List<Supplier<T>> left;
  private long drawn;

  DrawsAtRandom(Supply<T> supply, FeedRules rules, long seed) {
    this.supply = supply;
    this.rules = rules;
    this.random = new SplittableRandom(seed);
  }

  @Override
  Supplier<T> take() {
    List<Supplier<T>> records = records();
    if (records.isEmpty()) throw supply.usedUp(drawn, rules.failsAtEnd());
    int index = random.nextInt(records.size());
    Supplier<T> record = records.get(index);
    if (rules.order() == Order.SHUFFLED) remove(records, index);
    drawn++;
    return record;
  }

  private List<Supplier<T>> records() {
    List<Supplier<T>> there = left;
    if (there != null) return there;
    there = new ArrayList<>();
    for (Supplier<T> next = supply.next(); next != null; next = supply.next()) there.add(next);
    if (there.isEmpty()) throw supply.empty();
    left = there;
    return there;
  }

  /** The last one takes its place. */
  private void remove(List<Supplier<T>> records, int index) {
    Supplier<T> last = records.remove(records.size() - 1);
    if (index < records.size()) records.set(index, last);
  }

  @Override
  void release() {
    supply.close();
  }
}
