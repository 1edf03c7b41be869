package dev.broadside.oct.live;

import dev.broadside.oct.hq.Headquarters;
import dev.broadside.report.ReportDetails;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A page for the browser that shows a headquarters at work: its turrets, the charts of the run that
 * goes on, renewed each second, and buttons to start, stop and kill:
 *
 * <pre>{@code
 * try (Headquarters hq = Headquarters.builder().build();
 *     LivePage page = LivePage.builder(hq).open()) {
 *   hq.start();
 *   System.out.println(page.url());
 *   hq.run();
 * }
 * }</pre>
 *
 * <p>Whoever reaches the page can look at it; the buttons need the token that is part of {@link
 * #url}. So it is served on the loopback interface unless told otherwise: there is no TLS.
 * Thread-safe.
 */
public final class LivePage implements AutoCloseable {
  private static final Logger LOG = System.getLogger(LivePage.class.getName());

  private static final int MAX_READERS = 50;
  private static final int SHORT_REQUESTS = 16; // at once, besides the readers
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LAST_WORDS_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Site site;
  private final Token token;
  private final Events events;
  private final PageServer server;
  private final AtomicBoolean closed = new AtomicBoolean();

  private LivePage(Site site, Token token, Events events, PageServer server) {
    this.site = site;
    this.token = token;
    this.events = events;
    this.server = server;
  }

  /**
   * The page of a headquarters, at 127.0.0.1 and port 5080 unless told otherwise.
   *
   * @throws IllegalStateException if this Java has no HTTP server, saying how to add it
   */
  public static Builder builder(Headquarters hq) {
    requireHttpServer(); // before its classes are looked at
    return new Builder(hq);
  }

  private static void requireHttpServer() {
    if (ModuleLayer.boot().findModule("jdk.httpserver").isPresent()) return;
    throw new IllegalStateException(
        "the live page needs the module jdk.httpserver; add \"requires jdk.httpserver\" to"
            + " module-info.java, or start Java with --add-modules jdk.httpserver");
  }

  /** Its address, with the token behind a {@code #}, where browsers send it to nobody. */
  public String url() {
    return site.url() + "#token=" + token;
  }

  /** The port, the one that the system picked if 0 was asked for. */
  public int port() {
    return site.port();
  }

  /** How far it can be reached, in words. */
  public String reach() {
    return site.reach();
  }

  /**
   * Tells the browsers that read along how things stand at last, and frees port and threads, within
   * two seconds. The headquarters stays as it is. May be called twice.
   */
  @Override
  public void close() {
    if (closed.getAndSet(true)) return;
    events.end();
    try {
      events.awaitNobody(LAST_WORDS_NANOS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.close();
  }

  /** Settings of a {@link LivePage}. */
  public static final class Builder {
    private static final int DEFAULT_PORT = 5080;

    private final Headquarters hq;
    private Site site = Site.of("127.0.0.1", DEFAULT_PORT);
    private ReportDetails details = ReportDetails.of("Load test");

    private Builder(Headquarters hq) {
      this.hq = Objects.requireNonNull(hq, "hq");
    }

    /**
     * The address to listen on; {@code *} for all networks. Default 127.0.0.1.
     *
     * @param address a name or an address
     */
    public Builder address(String address) {
      this.site = Site.of(Objects.requireNonNull(address, "address"), site.port());
      return this;
    }

    /** The port, 0 for a free one. Default 5080. */
    public Builder port(int port) {
      this.site = Site.of(site.host(), port);
      return this;
    }

    /** The title, and what else is shown. Default: a title. */
    public Builder details(ReportDetails details) {
      this.details = Objects.requireNonNull(details, "details");
      return this;
    }

    /**
     * The page, served from now on.
     *
     * @throws UncheckedIOException if it cannot be served there, saying why
     */
    public LivePage open() {
      Token token = Token.random();
      Events events = new Events(MAX_READERS, System::nanoTime);
      Workers workers = new Workers(MAX_READERS + SHORT_REQUESTS, PATIENCE_NANOS, System::nanoTime);
      LiveHtml html = LiveHtml.read();
      Map<String, Route> routes = routes(html, new EventStream(events, workers), token);
      PageServer server = PageServer.open(site, workers, routes, html.contentSecurityPolicy());
      LiveDocument document = new LiveDocument(hq, details, InstantSource.system());
      start(new Teller(events, workers, document::bytes, PERIOD_NANOS));
      Site opened = site.withPort(server.port());
      LOG.log(Level.INFO, "live page: {0}: {1}", opened.url(), opened.reach());
      return new LivePage(opened, token, events, server);
    }

    private Map<String, Route> routes(LiveHtml html, EventStream events, Token token) {
      return Map.of(
          "/", Route.get(html),
          "/events", Route.get(events),
          "/start", Route.post(new GivenOrder(token, hq::startNow)),
          "/stop", Route.post(new GivenOrder(token, hq::endRun)),
          "/kill", Route.post(new GivenOrder(token, () -> hq.orders().kill())));
    }

    private static void start(Teller teller) {
      Thread thread = new Thread(teller, "live-page-teller");
      thread.setDaemon(true);
      thread.start();
    }
  }
}
