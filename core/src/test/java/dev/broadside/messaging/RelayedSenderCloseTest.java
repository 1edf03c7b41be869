package dev.broadside.messaging;

/** The account of a relayed sender closes too. */
class RelayedSenderCloseTest extends MessageSenderCloseTest {
  @Override
  MessageSender.Builder to(Endpoint endpoint) {
    return super.to(endpoint).relayed();
  }
}
