package dev.broadside.metrics;

import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a threshold's label stands for. */
final class Labels {
  private static final int MAX_LISTED = 10;

  private Labels() {}

  /** The figures of a transaction, else of a timer, else null; without a label, of all. */
  static @Nullable Summary find(RunResult result, @Nullable String label) {
    return label == null
        ? result.all()
        : transactionElseTimer(label, result.transactions(), result.timers());
  }

  /** What there is of a transaction, else of a timer, else null. */
  static <T> @Nullable T transactionElseTimer(
      String label, Map<String, T> transactions, Map<String, T> timers) {
    T transaction = transactions.get(label);
    return transaction == null ? timers.get(label) : transaction;
  }

  /** That it was never seen, and what was. */
  static String neverSeen(RunResult result, @Nullable String label) {
    Collection<String> seen = new TreeSet<>(result.transactions().keySet());
    seen.addAll(result.timers().keySet());
    boolean others = seen.remove(BoundedNames.OTHER);
    return label
        + (others ? " is among " + BoundedNames.OTHER + " or was" : " was")
        + " never seen, "
        + (seen.isEmpty() ? "nor anything else" : "only " + listed(seen));
  }

  /** The first of them. */
  static String listed(Collection<String> names) {
    int more = names.size() - MAX_LISTED;
    return names.stream().limit(MAX_LISTED).collect(Collectors.joining(", "))
        + (more > 0 ? " and " + more + " more" : "");
  }
}
