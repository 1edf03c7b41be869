package dev.broadside.loads;

import dev.broadside.messaging.Account;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the run of a {@link LoadsRunner} went.
 *
 * @param hits those that came to their end, well or not
 * @param failures tests that failed by an assertion, as reported
 * @param errors tests that failed by anything else, as reported
 * @param account what became of the messages
 * @param stopped why it ended before its time; null where it did not
 * @param abandoned the test that ignored the stop and its interrupt, if one did
 * @param starts how its hits kept to their schedule, if there was one
 */
public record LoadsRun(
    long hits,
    long failures,
    long errors,
    Account account,
    @Nullable String stopped,
    @Nullable String abandoned,
    HitStarts starts) {
  /** Checks the account and the starts. */
  public LoadsRun {
    Objects.requireNonNull(account, "account");
    Objects.requireNonNull(starts, "starts");
  }

  /** Whether all hits were performed, no test failed and every message was sent. */
  public boolean isClean() {
    return stopped == null && failures + errors == 0 && account.dropped() + account.unsent() == 0;
  }
}
