package dev.broadside.examples.loads;

import dev.broadside.loads.Hit;
import dev.broadside.loads.LoadsEnvironment;
import dev.broadside.loads.LoadsReporter;
import dev.broadside.loads.LoadsRunner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;

/** One user of Loads: buys again and again, as often or as long as Loads says. */
public final class RunnerMain {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private RunnerMain() {}

  /** Started by Loads, once for each user; takes the shop's address. */
  public static void main(String[] args) {
    URI shop = URI.create(args[0]);
    LoadsRunner.builder(LoadsEnvironment.current())
        .test("buy", reporter -> buy(shop, reporter))
        .build()
        .run();
  }

  private static void buy(URI shop, LoadsReporter reporter)
      throws IOException, InterruptedException {
    Instant started = Instant.now();
    long startNanos = System.nanoTime();
    HttpResponse<Void> response =
        HTTP.send(HttpRequest.newBuilder(shop).build(), BodyHandlers.discarding());
    Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
    reporter.addHit(new Hit(shop.toString(), "GET", response.statusCode(), started, elapsed));
    if (response.statusCode() != 200) throw new AssertionError(response);
  }
}
