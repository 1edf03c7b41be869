package dev.broadside.metrics;

/**
 * A sentence about a run that no figure tells.
 *
 * @param text the sentence
 * @param failure whether the run has failed by it
 */
public record RunNote(String text, boolean failure) {}
