package dev.broadside.examples.loads;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.broadside.loads.Hit;
import dev.broadside.loads.LoadsReporter;
import dev.broadside.loads.junit.LoadsExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An ordinary test of the build, and under Loads a load test that reports its requests. */
@ExtendWith(LoadsExtension.class)
class ShopTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static Shop shop;

  @BeforeAll
  static void open() throws Exception {
    shop = Shop.open(0);
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @Test
  void sells(LoadsReporter reporter) throws Exception {
    assertEquals(200, get(shop.uri(), reporter));
  }

  @ParameterizedTest
  @ValueSource(strings = {"books", "tea"})
  void shows(String goods, LoadsReporter reporter) throws Exception {
    assertEquals(200, get(shop.uri().resolve(goods), reporter));
  }

  private static int get(URI uri, LoadsReporter reporter) throws Exception {
    Instant started = Instant.now();
    long startNanos = System.nanoTime();
    HttpResponse<Void> response =
        HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding());
    Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
    reporter.addHit(new Hit(uri.getPath(), "GET", response.statusCode(), started, elapsed));
    return response.statusCode();
  }
}
