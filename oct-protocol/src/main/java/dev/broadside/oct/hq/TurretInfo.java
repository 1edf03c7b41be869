package dev.broadside.oct.hq;

import java.time.Duration;
import java.time.Instant;

/**
 * What a headquarters knows of a turret: what it said last of itself.
 *
 * @param name its display name; several turrets may share one
 * @param uuid its unique id
 * @param status {@code ready}, {@code Running}, {@code Aborted}, {@code Killed}, or a word of its
 *     own
 * @param cannons how many cannons it has
 * @param rampUp over how long they start
 * @param script what they fire
 * @param lastSeen when it last told its status
 * @param silent whether it has not answered requests for 15 s
 */
public record TurretInfo(
    String name,
    String uuid,
    String status,
    int cannons,
    Duration rampUp,
    String script,
    Instant lastSeen,
    boolean silent) {}
