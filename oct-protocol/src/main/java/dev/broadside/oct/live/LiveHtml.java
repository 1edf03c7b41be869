package dev.broadside.oct.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.broadside.report.HtmlReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The page itself: that of the report, with what a run that goes on needs at its top. */
final class LiveHtml implements HttpHandler {
  /** In the order in which they need each other. */
  private static final List<String> SCRIPTS = List.of("orders.js", "turrets.js", "live.js");

  private static final Pattern SCRIPT =
      Pattern.compile("<script[^>]*>(.*?)</script>", Pattern.DOTALL);

  private final String html;

  private LiveHtml(String html) {
    this.html = html;
  }

  static LiveHtml read() {
    String scripts = SCRIPTS.stream().map(LiveHtml::resource).collect(Collectors.joining());
    return new LiveHtml(HtmlReport.livePage(resource("live.css"), scripts));
  }

  private static String resource(String name) {
    try (InputStream in = LiveHtml.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Allows this page's own scripts, named by their hashes, and no others. */
  String contentSecurityPolicy() {
    String scripts =
        SCRIPT.matcher(html).results().map(LiveHtml::source).collect(Collectors.joining(" "));
    return "default-src 'none'; connect-src 'self'; img-src data:; style-src 'unsafe-inline';"
        + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'; script-src "
        + scripts;
  }

  private static String source(MatchResult script) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(script.group(1).getBytes(UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e); // each Java has it
    }
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Replies.content(exchange, Replies.OK, "text/html; charset=utf-8", html.getBytes(UTF_8));
  }
}
