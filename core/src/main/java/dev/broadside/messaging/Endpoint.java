package dev.broadside.messaging;

import java.util.Objects;

/**
 * Where a socket binds or connects: {@code tcp://host:port} or {@code ipc://path}. Immutable.
 *
 * <p>An IPv6 address stands in brackets, {@code *} as a host means every interface (binding only),
 * port 0 means a free port that the system picks (binding only).
 */
public final class Endpoint {
  /** How far an endpoint reaches. */
  public enum Scheme {
    /** Between machines. */
    TCP,
    /** A Unix socket of this machine. */
    IPC
  }

  private static final int MAX_PORT = 65535;
  private static final int PORT_DIGITS = 5;

  private final Scheme scheme;
  private final String address;
  private final int port;

  private Endpoint(Scheme scheme, String address, int port) {
    this.scheme = scheme;
    this.address = address;
    this.port = port;
  }

  /**
   * A TCP endpoint.
   *
   * @param host a name, an address, or {@code *}
   * @param port 0 to 65535
   */
  public static Endpoint tcp(String host, int port) {
    Objects.requireNonNull(host, "host");
    if (host.isBlank()) throw new IllegalArgumentException("host is empty");
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("port not between 0 and 65535: " + port);
    }
    return new Endpoint(Scheme.TCP, bracketed(host.strip()), port);
  }

  /**
   * Reads an endpoint as ZeroMQ writes it.
   *
   * @throws IllegalArgumentException saying which part of the text is wrong, and what is expected
   */
  public static Endpoint parse(String text) {
    Objects.requireNonNull(text, "endpoint");
    int colon = text.indexOf("://");
    if (colon < 0) throw faulty(text, "has no scheme; expected tcp://host:port or ipc://path");
    String rest = text.substring(colon + 3);
    return switch (text.substring(0, colon)) {
      case "tcp" -> parseTcp(text, rest);
      case "ipc" -> parseIpc(text, rest);
      default ->
          throw faulty(text, "has an unknown scheme; expected tcp://host:port or ipc://path");
    };
  }

  private static Endpoint parseTcp(String text, String rest) {
    int colon = rest.lastIndexOf(':');
    if (colon < 0 || colon < rest.lastIndexOf(']')) {
      throw faulty(text, "has no port; expected tcp://host:port");
    }
    String host = rest.substring(0, colon);
    if (host.isBlank()) throw faulty(text, "has no host; expected tcp://host:port");
    if (host.indexOf(':') >= 0 && !host.startsWith("[")) {
      throw faulty(text, "has an IPv6 address without brackets; expected tcp://[::1]:port");
    }
    if (host.startsWith("[") && !isIpv6(host)) {
      throw faulty(text, "has a faulty IPv6 address; expected tcp://[::1]:port");
    }
    return tcp(host, parsePort(text, rest.substring(colon + 1)));
  }

  private static int parsePort(String text, String port) {
    if (port.equals("*")) return 0;
    int number = isNumber(port) ? Integer.parseInt(port) : MAX_PORT + 1;
    if (number <= MAX_PORT) return number;
    throw faulty(text, "has the port \"" + port + "\"; expected a number from 0 to 65535");
  }

  private static boolean isNumber(String port) {
    if (port.isEmpty() || port.length() > PORT_DIGITS) return false;
    for (int i = 0; i < port.length(); i++) {
      if (port.charAt(i) < '0' || port.charAt(i) > '9') return false;
    }
    return true;
  }

  /** Whether it is an address in brackets, perhaps with the zone of an interface. */
  private static boolean isIpv6(String host) {
    int end = host.length() - 1;
    if (host.indexOf(']') != end) return false;
    int zone = host.indexOf('%');
    if (zone == end - 1) return false;
    int addressEnd = zone < 0 ? end : zone;
    for (int i = 1; i < addressEnd; i++) {
      if (":.0123456789abcdefABCDEF".indexOf(host.charAt(i)) < 0) return false;
    }
    return addressEnd > 1;
  }

  private static Endpoint parseIpc(String text, String path) {
    if (path.isBlank()) throw faulty(text, "has no path; expected ipc:///path/of/a/socket");
    return new Endpoint(Scheme.IPC, path, 0);
  }

  private static IllegalArgumentException faulty(String text, String fault) {
    return new IllegalArgumentException("endpoint \"" + text + "\" " + fault);
  }

  private static String bracketed(String host) {
    return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  /** TCP or IPC. */
  public Scheme scheme() {
    return scheme;
  }

  /** The host of a TCP endpoint, IPv6 addresses in brackets. */
  public String host() {
    requireScheme(Scheme.TCP, "host");
    return address;
  }

  /** The port of a TCP endpoint; 0 where the system is to pick one. */
  public int port() {
    requireScheme(Scheme.TCP, "port");
    return port;
  }

  /** The path of an IPC endpoint. */
  public String path() {
    requireScheme(Scheme.IPC, "path");
    return address;
  }

  private void requireScheme(Scheme wanted, String what) {
    if (scheme != wanted) throw new IllegalStateException(this + " has no " + what);
  }

  /** Whether only this machine can reach it, as far as the text tells. */
  public boolean isLoopback() {
    return scheme == Scheme.IPC
        || address.equals("localhost")
        || address.equals("[::1]")
        || address.startsWith("127.");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Endpoint that
        && scheme == that.scheme
        && address.equals(that.address)
        && port == that.port;
  }

  @Override
  public int hashCode() {
    return Objects.hash(scheme, address, port);
  }

  /** As ZeroMQ reads it: {@code tcp://host:port} or {@code ipc://path}. */
  @Override
  public String toString() {
    return scheme == Scheme.TCP ? "tcp://" + address + ":" + port : "ipc://" + address;
  }
}
