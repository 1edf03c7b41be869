package dev.broadside.oct.store;

import dev.broadside.oct.protocol.TransactionResult;
import java.util.ArrayList;
import java.util.List;

/** Results that one statement stores. */
final class ResultBatch {
  /** More rows a statement were hardly quicker, single ones took twice as long. */
  static final int CAPACITY = 100;

  private static final int CHARS_OF_A_RESULT = 256;
  private static final int TIMERS_OF_A_RESULT = 4;

  private final List<TransactionResult> results = new ArrayList<>(CAPACITY);
  private final long bornNanos;
  private long weight;

  /** An empty one, whose first result arrives now. */
  ResultBatch(long bornNanos) {
    this.bornNanos = bornNanos;
  }

  void add(TransactionResult result) {
    results.add(result);
    weight += weight(result);
  }

  /** How many common results take as much memory. */
  static long weight(TransactionResult result) {
    long chars = result.turretName().length();
    if (result.error() != null) chars += result.error().length();
    return 1 + chars / CHARS_OF_A_RESULT + result.customTimers().size() / TIMERS_OF_A_RESULT;
  }

  List<TransactionResult> results() {
    return results;
  }

  int size() {
    return results.size();
  }

  boolean isFull() {
    return results.size() == CAPACITY;
  }

  /** When its first result arrived. */
  long bornNanos() {
    return bornNanos;
  }

  long weight() {
    return weight;
  }
}
