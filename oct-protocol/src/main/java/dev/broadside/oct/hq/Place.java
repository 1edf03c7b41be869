package dev.broadside.oct.hq;

import dev.broadside.messaging.Endpoint;

/**
 * Where a socket of a headquarters is.
 *
 * @param endpoint its endpoint
 * @param bind whether it binds that, or connects to a device there
 */
record Place(Endpoint endpoint, boolean bind) {
  static Place bound(String address, int port) {
    return new Place(Endpoint.tcp(address, port), true);
  }

  /** At a device. */
  static Place device(String address, int port) {
    if (port == 0) throw new IllegalArgumentException("port 0 is for binding only");
    return new Place(Endpoint.tcp(address, port), false);
  }
}
