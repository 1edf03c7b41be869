package dev.broadside.messaging;

/** A relayed sender notices what one with a connection of its own does. */
class RelayedSenderReconnectTest extends MessageSenderReconnectTest {
  @Override
  MessageSender.Builder to(BareSocket pull) {
    return super.to(pull).relayed();
  }
}
