package dev.broadside.oct.protocol;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One transaction as a turret reports it. Source: docs/protocols.md 1.5.
 *
 * @param turretName who fired it; {@code Noname} when the message did not say
 * @param elapsedNanos from the arrival of {@code start} to the end of this transaction's run, never
 *     negative
 * @param epochMicros the wall clock then, in microseconds since 1970
 * @param scriptrunNanos how long the run took, never negative
 * @param error what went wrong; null for a success
 * @param customTimers name to nanoseconds; unmodifiable
 */
public record TransactionResult(
    String turretName,
    long elapsedNanos,
    long epochMicros,
    long scriptrunNanos,
    @Nullable String error,
    Map<String, Long> customTimers)
    implements TurretMessage {
  /** The name of a turret that does not tell its own, as the python turret. */
  public static final String NONAME = "Noname";
}
