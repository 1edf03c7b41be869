package dev.broadside.examples.demo;

import dev.broadside.users.Transaction;
import dev.broadside.users.TransactionContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Looks at an article and buys it. */
final class Customer implements Transaction {
  private final HttpClient http;
  private final URI shop;

  Customer(HttpClient http, URI shop) {
    this.http = http;
    this.shop = shop;
  }

  @Override
  public void run(TransactionContext context) throws Exception {
    context.timer("browse", () -> request("GET", "/articles/1"));
    context.timer("checkout", () -> request("POST", "/orders"));
  }

  private void request(String method, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(shop.resolve(path)).method(method, BodyPublishers.noBody()).build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() == 200) return;
    throw new IOException(
        method + " " + path + " answered " + response.statusCode() + ": " + response.body());
  }
}
