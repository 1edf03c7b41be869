package dev.broadside.oct.store;

import dev.broadside.metrics.Verdict;
import dev.broadside.oct.protocol.TransactionResult;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Results and runs to store. */
final class Results {
  static final Instant STARTED = Instant.parse("2026-11-22T05:40:00.123456Z");

  private Results() {}

  static RunMetadata run(String id) {
    return new RunMetadata(
        id, "shop", STARTED, Duration.ofSeconds(5), 1000, "Broadside test", "{\"run_time\": 10}");
  }

  static RunEnd end() {
    Map<String, Long> counters = new LinkedHashMap<>();
    counters.put("malformed", 2L);
    counters.put("a later one", 0L);
    return new RunEnd(
        Duration.ofMillis(10_001),
        counters,
        List.of(),
        Map.of("navigation", -25L),
        List.of(new Verdict("p(95) < 200ms", false, "231 ms", true)));
  }

  /** The same as a store writes it that has lost nothing. */
  static RunEnd endOfAStore() {
    return end().plus(Map.of("results not stored", 0L)).plus(Map.of("texts changed", 0L));
  }

  /** The n-th of a run: a millisecond after the one before, each tenth one failed. */
  static TransactionResult result(int n) {
    return new TransactionResult(
        "navigation",
        1_000_000L * n + 123,
        1_795_290_242_000_000L + 1000L * n,
        20_123_456L + n,
        n % 10 == 9 ? "out of stock" : null,
        Map.of("a timer", 10_000_001L + n));
  }

  static TransactionResult withError(String error) {
    return new TransactionResult("navigation", 1, 1, 1, error, Map.of());
  }
}
