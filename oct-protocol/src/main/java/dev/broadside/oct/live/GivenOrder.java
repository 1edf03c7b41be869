package dev.broadside.oct.live;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;

/** A button of the page: does one thing for whoever has the token. */
final class GivenOrder implements HttpHandler {
  static final String TOKEN_HEADER = "X-Broadside-Token";

  private static final int DONE = 204;
  private static final int NO_CONTENT = -1;

  private final Token token;
  private final Runnable order;

  GivenOrder(Token token, Runnable order) {
    this.token = token;
    this.order = order;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    if (!token.matches(exchange.getRequestHeaders().getFirst(TOKEN_HEADER))) {
      String words = "This needs the token that the headquarters has printed";
      Replies.words(exchange, Replies.FORBIDDEN, words + " (header " + TOKEN_HEADER + ").");
      return;
    }
    try {
      order.run();
    } catch (IllegalStateException e) { // not started yet, or closed
      Replies.words(exchange, Replies.CONFLICT, "That cannot be done: " + e.getMessage());
      return;
    }
    exchange.sendResponseHeaders(DONE, NO_CONTENT);
    exchange.close();
  }
}
