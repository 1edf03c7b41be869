package dev.broadside.oct.hq;

/**
 * What is published of each result while a run goes on: the topic, and the result as it came.
 * Source: docs/protocols.md 1.1.
 *
 * @param topic what subscribers ask for
 * @param place where they find it
 */
record LiveResults(String topic, Place place) {}
