package dev.broadside.oct;

import java.util.concurrent.TimeUnit;

/** Notices when results wait and none leaves. */
final class ResultFlow {
  private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(5);

  private long sent = -1;
  private long since;
  private boolean told;

  /** True once, each time that nothing has left for five seconds though results wait. */
  boolean isNewlyStuck(long sentNow, long waiting, long nanos) {
    if (sentNow != sent || waiting == 0) {
      sent = sentNow;
      since = nanos;
      told = false;
      return false;
    }
    if (told || nanos - since < STUCK_NANOS) return false;
    told = true;
    return true;
  }
}
