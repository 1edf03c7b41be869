package dev.broadside.oct.store;

import java.time.Instant;

/**
 * A turret as a database tells of it.
 *
 * @param name its display name
 * @param uuid its unique id
 * @param cannons how many cannons it has
 * @param rampUpSeconds over how long they start
 * @param script what they fire
 * @param status what it said last of itself
 * @param updated when it said so
 */
public record StoredTurret(
    String name,
    String uuid,
    int cannons,
    double rampUpSeconds,
    String script,
    String status,
    Instant updated) {}
