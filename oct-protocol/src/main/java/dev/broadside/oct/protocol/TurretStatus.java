package dev.broadside.oct.protocol;

/**
 * What a turret says of itself. Source: docs/protocols.md 1.4.
 *
 * @param turret its display name
 * @param status one of the words below, or any other that a turret of somebody else may use
 * @param uuid its unique id
 * @param rampUp in seconds
 * @param script what it fires
 * @param cannons how many cannons it has
 */
public record TurretStatus(
    String turret, String status, String uuid, double rampUp, String script, int cannons)
    implements TurretMessage {
  /** It waits for orders. */
  public static final String READY = "ready";

  /** Its cannons fire. */
  public static final String RUNNING = "Running";

  /** It died of its own. */
  public static final String ABORTED = "Aborted";

  /** It was shut down by order. */
  public static final String KILLED = "Killed";

  /** Whether it says this word; upper and lower case do not matter. */
  public boolean is(String word) {
    return status.equalsIgnoreCase(word);
  }
}
