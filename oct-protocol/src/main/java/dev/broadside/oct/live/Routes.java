package dev.broadside.oct.live;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Map;

/** Finds what answers a request, by the whole path: the JDK's contexts go by its beginning. */
final class Routes implements HttpHandler {
  private final Map<String, Route> routes;

  Routes(Map<String, Route> routes) {
    this.routes = Map.copyOf(routes);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Route route = routes.get(exchange.getRequestURI().getRawPath());
    if (route == null) {
      Replies.words(exchange, Replies.NOT_FOUND, "There is nothing here.");
    } else if (!route.method().equals(exchange.getRequestMethod())) {
      exchange.getResponseHeaders().set("Allow", route.method());
      Replies.words(exchange, Replies.WRONG_METHOD, "Only " + route.method() + " is allowed here.");
    } else {
      route.handler().handle(exchange);
    }
  }
}
