package dev.broadside.users.feed;

import java.util.OptionalLong;

/**
 * How a feeder gives its records.
 *
 * @param order which is next
 * @param seed what random draws begin with; empty if every run draws another one
 * @param sharded whether a run takes only its shard
 * @param failsAtEnd whether a run fails when its records are used up
 */
record FeedRules(Order order, OptionalLong seed, boolean sharded, boolean failsAtEnd) {
  static final FeedRules NONE = new FeedRules(Order.IN_ORDER, OptionalLong.empty(), false, false);

  FeedRules with(Order order, OptionalLong seed) {
    return new FeedRules(order, seed, sharded, failsAtEnd);
  }
}
