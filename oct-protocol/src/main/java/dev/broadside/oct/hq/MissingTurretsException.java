package dev.broadside.oct.hq;

import java.util.List;

/** Not enough turrets were ready in time. The message says which were, and which were not. */
public final class MissingTurretsException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  private static final String UNHEARD = "; no turret has subscribed at the forwarder of orders";
  private static final int MAX_LISTED = 20;

  MissingTurretsException(
      int wanted, long seconds, boolean ordersHeard, List<String> ready, List<String> others) {
    super(message(wanted, seconds, ready, others) + (ordersHeard ? "" : UNHEARD));
  }

  private static String message(int wanted, long seconds, List<String> ready, List<String> others) {
    int neverSeen = Math.max(0, wanted - ready.size() - others.size());
    return ready.size()
        + " of "
        + wanted
        + " turrets were ready after "
        + seconds
        + " s"
        + list("ready", ready)
        + list("not ready", others)
        + (neverSeen == 0 ? "" : "; " + neverSeen + " never reported");
  }

  private static String list(String title, List<String> turrets) {
    if (turrets.isEmpty()) return "";
    List<String> first = turrets.subList(0, Math.min(turrets.size(), MAX_LISTED));
    String more = turrets.size() > MAX_LISTED ? " …" : "";
    return "; " + title + ": " + String.join(", ", first) + more;
  }
}
