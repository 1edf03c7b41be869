package dev.broadside.oct.live;

import com.sun.net.httpserver.HttpHandler;

/**
 * What answers at a path.
 *
 * @param method the only one that is allowed there
 */
record Route(String method, HttpHandler handler) {
  static Route get(HttpHandler handler) {
    return new Route("GET", handler);
  }

  static Route post(HttpHandler handler) {
    return new Route("POST", handler);
  }
}
