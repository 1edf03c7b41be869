package dev.broadside.oct.live;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets in only who means this server by a name that nobody else can point at it, and no page but
 * its own: a web page elsewhere can have its name resolve to 127.0.0.1, and then send what it
 * likes.
 */
final class Gate extends Filter {
  private static final int HTTP_PORT = 80;

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

  private final String bound;
  private final int port;
  private final String contentSecurityPolicy;

  /**
   * A gate of a server.
   *
   * @param address the address it was bound to, as it was given
   */
  Gate(String address, int port, String contentSecurityPolicy) {
    this.bound = lower(address);
    this.port = port;
    this.contentSecurityPolicy = contentSecurityPolicy;
  }

  @Override
  public String description() {
    return "refuses other names and other origins";
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    Headers reply = exchange.getResponseHeaders();
    reply.set("Content-Security-Policy", contentSecurityPolicy);
    reply.set("X-Content-Type-Options", "nosniff");
    reply.set("Cache-Control", "no-store");
    reply.set("Referrer-Policy", "no-referrer");
    reply.set("Cross-Origin-Resource-Policy", "same-origin");
    String fault = fault(exchange);
    if (fault == null) chain.doFilter(exchange);
    else Replies.words(exchange, Replies.FORBIDDEN, fault);
  }

  private @Nullable String fault(HttpExchange exchange) {
    URI uri = exchange.getRequestURI();
    List<String> hosts = exchange.getRequestHeaders().getOrDefault("Host", List.of());
    if (uri.isAbsolute() || uri.getRawAuthority() != null) return "This is no proxy.";
    if (hosts.size() != 1 || !isOurs(hosts.get(0), exchange.getLocalAddress().getAddress())) {
      return "Not under this name: take the address that the headquarters has printed.";
    }
    List<String> origins = exchange.getRequestHeaders().getOrDefault("Origin", List.of());
    String own = "http://" + lower(hosts.get(0));
    return origins.stream().allMatch(own::equals) ? null : "Not from another page.";
  }

  /** Whether a Host header names this server. An address is as good as the names: it cannot lie. */
  private boolean isOurs(String host, InetAddress local) {
    String name = nameOf(lower(host));
    if (name == null) return false;
    return LOOPBACK.contains(name) || name.equals(bound) || isAddress(name, local);
  }

  private @Nullable String nameOf(String host) {
    String suffix = ":" + port;
    if (host.endsWith(suffix)) return host.substring(0, host.length() - suffix.length());
    return port == HTTP_PORT ? host : null;
  }

  private static boolean isAddress(String name, InetAddress address) {
    if (!name.startsWith("[")) return name.equals(address.getHostAddress());
    try {
      return InetAddress.getByName(name).equals(address); // nothing in brackets is looked up
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
