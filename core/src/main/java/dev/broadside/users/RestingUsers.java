package dev.broadside.users;

import org.jspecify.annotations.Nullable;

/**
 * Those users of an open load who wait for a start: whoever came last goes first, since what it
 * needs is still near the processor. Guarded by the load's lock.
 */
final class RestingUsers {
  private @Nullable OpenUser top;
  private int count;

  int count() {
    return count;
  }

  void push(OpenUser user) {
    user.below = top;
    top = user;
    count++;
  }

  /**
   * Gives them the starts that the line has granted.
   *
   * @param dismissed whether those for whom there is none are to leave
   * @return a row of those to be woken; null if there is none
   */
  @Nullable OpenUser serve(ArrivalLine line, boolean dismissed) {
    OpenUser first = null;
    OpenUser last = null;
    for (OpenUser user = top; user != null; user = top) {
      Start start = line.poll();
      if (start == null && !dismissed) break;
      pop(user);
      user.choose(start, line);
      if (last == null) first = user;
      else last.below = user;
      last = user;
    }
    return first;
  }

  private void pop(OpenUser user) {
    top = user.below;
    user.below = null;
    count--;
  }
}
