package dev.broadside.oct.live;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Map;

/** The JDK's HTTP server, with threads of our own and a gate in front of all it serves. */
final class PageServer implements AutoCloseable {
  private static final int DEFAULT_BACKLOG = 0;
  private static final int AT_ONCE = 0;

  private final HttpServer http;
  private final Workers workers;

  private PageServer(HttpServer http, Workers workers) {
    this.http = http;
    this.workers = workers;
  }

  /**
   * Serves from now on.
   *
   * @param site where
   * @param workers become the server's own
   * @throws UncheckedIOException if nothing can be bound there, saying where and why
   */
  static PageServer open(
      Site site, Workers workers, Map<String, Route> routes, String contentSecurityPolicy) {
    HttpServer http = bound(site);
    Gate gate = new Gate(site.host(), http.getAddress().getPort(), contentSecurityPolicy);
    http.setExecutor(workers);
    http.createContext("/", new Routes(routes)).getFilters().add(gate);
    http.start();
    return new PageServer(http, workers);
  }

  private static HttpServer bound(Site site) {
    InetSocketAddress address = site.address();
    try {
      if (address.isUnresolved()) throw new UnknownHostException("nobody knows this address");
      return HttpServer.create(address, DEFAULT_BACKLOG);
    } catch (IOException e) {
      String place = site.host() + ":" + site.port();
      String hint = e instanceof BindException ? "; choose another port, or 0 for a free one" : "";
      throw new UncheckedIOException(
          "the live page cannot be served at " + place + ": " + e.getMessage() + hint, e);
    }
  }

  /** The port, the one that the system picked if 0 was asked for. */
  int port() {
    return http.getAddress().getPort();
  }

  /** Breaks off what goes on. */
  @Override
  public void close() {
    http.stop(AT_ONCE);
    workers.close();
  }
}
