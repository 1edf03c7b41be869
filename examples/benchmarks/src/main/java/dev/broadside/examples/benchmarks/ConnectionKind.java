package dev.broadside.examples.benchmarks;

import dev.broadside.messaging.Endpoint;
import dev.broadside.messaging.MessageSender;
import dev.broadside.messaging.MessagingContext;
import java.nio.file.Path;

/** The ways from a sender to a receiver. */
enum ConnectionKind {
  /** A connection of JeroMQ's own. */
  DIRECT_TCP,
  /** The same, by the relay. */
  RELAYED_TCP,
  /** A Unix socket, by the relay on both sides. */
  IPC;

  Endpoint toBind(Path folder) {
    return Endpoint.parse(
        this == IPC ? "ipc://" + folder.resolve("benchmark.ipc") : "tcp://127.0.0.1:0");
  }

  MessageSender connect(MessagingContext context, Endpoint endpoint) {
    MessageSender.Builder sender = MessageSender.builder(context, endpoint);
    if (this == RELAYED_TCP) sender.relayed();
    return sender.open();
  }

  String words() {
    return switch (this) {
      case DIRECT_TCP -> "tcp, direct";
      case RELAYED_TCP -> "tcp, relayed";
      case IPC -> "ipc";
    };
  }
}
