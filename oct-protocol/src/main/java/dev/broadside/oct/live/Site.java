package dev.broadside.oct.live;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Where the page is served.
 *
 * @param host a name, an address (IPv6 in brackets), or {@code *} for all networks
 * @param port 0 for a free one
 */
record Site(String host, int port) {
  private static final int MAX_PORT = 65535;
  private static final String LOOPBACK = "127.0.0.1";

  /** A host as a user writes it. */
  static Site of(String host, int port) {
    if (host.isBlank()) throw new IllegalArgumentException("address is empty");
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("port not between 0 and 65535: " + port);
    }
    boolean bare = host.indexOf(':') >= 0 && !host.startsWith("[");
    return new Site(bare ? "[" + host + "]" : host, port);
  }

  Site withPort(int port) {
    return new Site(host, port);
  }

  /** What to bind; not resolved if nobody knows the host. */
  InetSocketAddress address() {
    return host.equals("*") ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
  }

  boolean isLoopback() {
    InetAddress address = address().getAddress();
    return address != null && address.isLoopbackAddress();
  }

  /** The page's address for a browser on this machine. */
  String url() {
    InetAddress address = address().getAddress();
    boolean any = address != null && address.isAnyLocalAddress();
    return "http://" + (any ? LOOPBACK : host) + ":" + port + "/";
  }

  /** How far it can be reached, in words. */
  String reach() {
    return isLoopback()
        ? "only this machine can reach it"
        : "every network of this machine can reach it, and there is no TLS: whoever reads the"
            + " traffic can read the token";
  }
}
