package dev.broadside.users.feed;

import dev.broadside.users.EndRunException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One record after the other, read when it is drawn. */
final class DrawsInOrder<T> extends Draws<T> {
  private final Supply<T> supply;
  private final FeedRules rules;
  private long drawn;
  private @Nullable EndRunException end;

  DrawsInOrder(Supply<T> supply, FeedRules rules) {
    this.supply = supply;
    this.rules = rules;
  }

  @Override
  Supplier<T> take() {
    if (end != null) throw end;
    Supplier<T> record = supply.next();
    if (record == null && rules.order() == Order.CIRCULAR) record = supply.next();
    if (record == null) {
      end = drawn == 0 ? supply.empty() : supply.usedUp(drawn, rules.failsAtEnd());
      throw end;
    }
    drawn++;
    return record;
  }

  @Override
  void release() {
    supply.close();
    if (end == null) end = supply.usedUp(drawn, false); // nobody opens the file again
  }
}
