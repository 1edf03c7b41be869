package dev.broadside.loads;

import dev.broadside.loads.protocol.LoadsEncoder;
import dev.broadside.loads.protocol.LoadsMessage;
import dev.broadside.messaging.Account;
import dev.broadside.messaging.ClosedException;
import dev.broadside.messaging.MessageSender;
import java.time.Duration;

/** Every message leaves in a frame of its own, in order. */
final class DirectOutbox implements Outbox {
  private final MessageSender sender;
  private final LoadsEncoder encoder;

  DirectOutbox(MessageSender sender, LoadsEncoder encoder) {
    this.sender = sender;
    this.encoder = encoder;
  }

  @Override
  public void put(LoadsMessage message) {
    try {
      boolean unused = sender.send(encoder.encode(message)); // a drop stands in the account
    } catch (ClosedException e) {
      throw new ClosedException("this reporter");
    }
  }

  @Override
  public void release() {
    sender.release();
  }

  @Override
  public boolean isConnected() {
    return sender.isConnected();
  }

  @Override
  public Account inFrames() {
    return sender.account();
  }

  @Override
  public Account account() {
    return sender.account();
  }

  @Override
  public Account close(Duration timeout) {
    return sender.close(timeout);
  }
}
