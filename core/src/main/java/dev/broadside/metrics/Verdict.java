package dev.broadside.metrics;

/**
 * What came of a threshold.
 *
 * @param threshold what was asked for, as it was written: {@code p(95) < 200ms}
 * @param passed whether it holds
 * @param measured what was measured, in words: {@code 231 ms}
 * @param abort whether the run ends early where it does not hold
 */
public record Verdict(String threshold, boolean passed, String measured, boolean abort) {}
