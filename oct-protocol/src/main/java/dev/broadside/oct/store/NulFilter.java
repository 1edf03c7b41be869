package dev.broadside.oct.store;

import dev.broadside.metrics.Verdict;
import dev.broadside.oct.protocol.TransactionResult;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Replaces the NULs in texts where a database refuses them, and counts the texts. Thread-safe. */
final class NulFilter {
  private static final char NUL = '\0';
  private static final char REPLACEMENT = '\ufffd';

  private final boolean needed;
  private final AtomicLong replaced = new AtomicLong();

  /** SQLite keeps a NUL, and who knows what others do. */
  NulFilter(Dialect dialect) {
    this.needed = dialect != Dialect.SQLITE;
  }

  TransactionResult filter(TransactionResult result) {
    if (!needed || !(has(result.error()) || has(result.turretName()))) return result;
    return new TransactionResult(
        filter(result.turretName()),
        result.elapsedNanos(),
        result.epochMicros(),
        result.scriptrunNanos(),
        result.error() == null ? null : filter(result.error()),
        result.customTimers()); // JSON escapes theirs
  }

  StoredTurret filter(StoredTurret turret) {
    return new StoredTurret(
        filter(turret.name()),
        filter(turret.uuid()),
        turret.cannons(),
        turret.rampUpSeconds(),
        filter(turret.script()),
        filter(turret.status()),
        turret.updated());
  }

  RunEnd filter(RunEnd end) {
    Map<String, Long> skewMicros = new HashMap<>();
    end.skewMicros().forEach((name, skew) -> skewMicros.put(filter(name), skew));
    return new RunEnd(
        end.duration(),
        end.counters(),
        end.expectedUsers(),
        skewMicros,
        end.verdicts().stream().map(this::filter).toList());
  }

  private Verdict filter(Verdict verdict) {
    return new Verdict(
        filter(verdict.threshold()), verdict.passed(), filter(verdict.measured()), verdict.abort());
  }

  String filter(String text) {
    if (!needed || !has(text)) return text;
    replaced.incrementAndGet();
    return text.replace(NUL, REPLACEMENT);
  }

  private static boolean has(@Nullable String text) {
    return text != null && text.indexOf(NUL) >= 0;
  }

  /** How many texts were changed. */
  long replaced() {
    return replaced.get();
  }
}
