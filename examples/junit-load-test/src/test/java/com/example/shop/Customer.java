package com.example.shop;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Buys in a shop, with a connection that is kept. */
final class Customer {
  private final HttpClient client;

  Customer(HttpClient client) {
    this.client = client;
  }

  void buy(URI thing) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(thing).build();
    HttpResponse<Void> response = client.send(request, BodyHandlers.discarding());
    if (response.statusCode() != 200) {
      throw new IOException("the shop answered " + response.statusCode());
    }
  }
}
