package dev.broadside.loads.collector;

import dev.broadside.messaging.Endpoint;
import dev.broadside.messaging.Endpoint.Scheme;
import java.util.Set;

/** How to reach a bound endpoint. */
final class Reach {
  private static final Set<String> ALL_INTERFACES = Set.of("*", "0.0.0.0", "[::]");

  private Reach() {}

  /** What a process of this machine has to connect to. */
  static Endpoint fromThisMachine(Endpoint bound) {
    if (bound.scheme() != Scheme.TCP || !ALL_INTERFACES.contains(bound.host())) return bound;
    return Endpoint.tcp(bound.host().equals("[::]") ? "[::1]" : "127.0.0.1", bound.port());
  }
}
