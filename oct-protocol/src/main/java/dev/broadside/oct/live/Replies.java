package dev.broadside.oct.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** Whole replies. Each ends its exchange. */
final class Replies {
  static final int OK = 200;
  static final int FORBIDDEN = 403;
  static final int NOT_FOUND = 404;
  static final int WRONG_METHOD = 405;
  static final int CONFLICT = 409;
  static final int UNAVAILABLE = 503;

  private static final int NO_CONTENT = -1;

  private Replies() {}

  /** A line of words. */
  static void words(HttpExchange exchange, int status, String words) throws IOException {
    content(exchange, status, "text/plain; charset=utf-8", (words + "\n").getBytes(UTF_8));
  }

  static void content(HttpExchange exchange, int status, String type, byte[] content)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    boolean asked = !exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, asked ? content.length : NO_CONTENT);
    if (asked) exchange.getResponseBody().write(content);
    exchange.close();
  }
}
