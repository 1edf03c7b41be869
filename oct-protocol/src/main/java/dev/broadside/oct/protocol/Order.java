package dev.broadside.oct.protocol;

/**
 * A command and whom it is for.
 *
 * @param channel the uuid of the one turret that is to obey; empty when all are
 * @param command what to do
 */
public record Order(String channel, HqCommand command) {
  /** Whether a turret is to obey. */
  public boolean isFor(String uuid) {
    return channel.isEmpty() || channel.equals(uuid);
  }
}
