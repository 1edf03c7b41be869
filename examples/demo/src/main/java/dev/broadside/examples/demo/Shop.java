package dev.broadside.examples.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A small web shop on a free port of this machine, made to be fired at: it takes some milliseconds
 * for an answer, sometimes a lot more, and now and then it fails.
 */
final class Shop implements AutoCloseable {
  private static final double SLOW = 0.02;
  private static final double JAMMED = 0.01;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private Shop(HttpServer server) {
    this.server = server;
  }

  static Shop open() throws IOException {
    // else head and body of an answer are 40 ms apart: Nagle's algorithm waits for a delayed ACK
    System.setProperty("sun.net.httpserver.nodelay", "true");
    Shop shop =
        new Shop(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    shop.server.createContext("/articles", exchange -> shop.answer(exchange, 10, 0));
    shop.server.createContext("/orders", exchange -> shop.answer(exchange, 25, JAMMED));
    shop.server.setExecutor(shop.threads);
    shop.server.start();
    return shop;
  }

  URI uri() {
    InetSocketAddress address = server.getAddress();
    return URI.create("http://" + address.getHostString() + ":" + address.getPort() + "/");
  }

  private void answer(HttpExchange exchange, int millis, double failing) throws IOException {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    try (exchange) {
      Thread.sleep(millis + random.nextInt(millis) + (random.nextDouble() < SLOW ? 200 : 0));
      boolean fails = random.nextDouble() < failing;
      byte[] body = (fails ? "the till is jammed" : "thank you").getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(fails ? 500 : 200, body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the shop closes
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
