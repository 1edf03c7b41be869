package dev.broadside.oct;

import dev.broadside.messaging.Endpoint;
import dev.broadside.oct.protocol.HqCommand;
import dev.broadside.oct.protocol.HqCommand.Unknown;
import dev.broadside.oct.protocol.MalformedMessageException;
import dev.broadside.oct.protocol.OctCodec;
import dev.broadside.oct.protocol.Order;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Reads orders and counts them: those for this turret, those for others, those that are none. */
final class TurretCommands {
  private static final Logger LOG = System.getLogger(TurretCommands.class.getName());

  private final String name;
  private final String uuid;
  private final Endpoint source;
  private final AtomicLong obeyed = new AtomicLong();
  private final AtomicLong ignored = new AtomicLong();
  private final AtomicLong malformed = new AtomicLong();

  TurretCommands(String name, String uuid, Endpoint source) {
    this.name = name;
    this.uuid = uuid;
    this.source = source;
  }

  /** What this turret is to do; null when the message is for another one, or no order at all. */
  @Nullable HqCommand read(List<byte[]> frames) {
    try {
      Order order = OctCodec.decodeOrder(frames);
      if (order.isFor(uuid)) return counted(order.command());
      ignored.incrementAndGet();
    } catch (MalformedMessageException e) {
      warn(e);
    }
    return null;
  }

  private HqCommand counted(HqCommand command) {
    (command instanceof Unknown ? ignored : obeyed).incrementAndGet();
    return command;
  }

  private void warn(MalformedMessageException fault) {
    Level level = malformed.getAndIncrement() == 0 ? Level.WARNING : Level.DEBUG;
    LOG.log(level, "turret {0}: from {1}: {2}", name, source, fault.getMessage());
  }

  long obeyed() {
    return obeyed.get();
  }

  long ignored() {
    return ignored.get();
  }

  long malformed() {
    return malformed.get();
  }
}
