package dev.broadside.examples.benchmarks;

import dev.broadside.messaging.Account;
import java.time.Duration;
import java.util.LongSummaryStatistics;

/**
 * One round, as both ends saw it.
 *
 * @param tally what the counter received
 * @param account what the sending side counted
 * @param fired how often each cannon fired
 * @param heldBack how long cannons waited for room, added up over cannons
 */
record RoundResult(Tally tally, Account account, LongSummaryStatistics fired, Duration heldBack) {
  static RoundResult ofRaw(Tally tally, long sent) {
    Account account = new Account(sent, sent, 0, 0, 0);
    return new RoundResult(tally, account, new LongSummaryStatistics(), Duration.ZERO);
  }

  double perSecond() {
    return tally.perSecond();
  }

  /** Whether everything that was made has arrived, or stands in a counter. */
  boolean isAccountedFor() {
    return account.produced() == tally.received() + account.dropped() + account.unsent();
  }

  /** Whether each of so many cannons fired, and every shot gave one result. */
  boolean allFired(int cannons) {
    return fired.getCount() == cannons
        && fired.getMin() > 0
        && fired.getSum() == account.produced();
  }
}
