package com.example.shop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web shop that takes 20 ms for each order, and is out of pens. */
public final class Shop implements AutoCloseable {
  private static final int ORDER_MILLIS = 20;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  private Shop(HttpServer server) {
    this.server = server;
  }

  /** One on a free port of this machine. */
  public static Shop open() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    Shop shop = new Shop(HttpServer.create(new InetSocketAddress(loopback, 0), 0));
    shop.server.setExecutor(shop.threads);
    shop.server.createContext("/buy/", shop::buy);
    shop.server.start();
    return shop;
  }

  private void buy(HttpExchange exchange) throws IOException {
    boolean sold = !exchange.getRequestURI().getPath().endsWith("/pen");
    try {
      Thread.sleep(ORDER_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the shop closes
    }
    exchange.sendResponseHeaders(sold ? 200 : 409, -1);
    exchange.close();
  }

  /** Where something is bought. */
  public URI buy(String what) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/buy/" + what);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
