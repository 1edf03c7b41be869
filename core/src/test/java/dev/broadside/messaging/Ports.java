package dev.broadside.messaging;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports that the system picks. */
final class Ports {
  private Ports() {}

  /** A loopback endpoint where nobody listens. */
  static Endpoint nobodyAt() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Endpoint.tcp("127.0.0.1", free.getLocalPort());
    }
  }
}
