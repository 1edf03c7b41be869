package com.example.shop;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.junit.LoadTest;
import dev.broadside.metrics.RunResult;
import dev.broadside.users.TransactionContext;
import java.net.http.HttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Load tests of the shop. They leave their reports in {@code target/broadside}. */
class CheckoutTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private Shop shop;

  @BeforeEach
  void open() throws Exception {
    shop = Shop.open();
  }

  /** So many users, who each buy as fast as they are served. */
  @LoadTest(
      users = 10,
      rampUp = "500ms",
      duration = "2s",
      thresholds = {"p(95) < 500ms", "errors < 1%", "rate > 20/s"})
  void users_areServedFast() throws Exception {
    new Customer(client).buy(shop.buy("book"));
  }

  /** So many orders each second, whether or not the shop keeps up. */
  @LoadTest(
      rate = "50/s",
      duration = "2s",
      thresholds = {"response p(95) < 500ms", "errors < 1%"})
  void orders_areServedInTime(TransactionContext context) throws Exception {
    Customer customer = context.perUser(Customer.class, () -> new Customer(client));
    customer.buy(shop.buy("book"));
  }

  /**
   * No worse than the runs that {@code mvn test -Dbroadside.baseline=save} has saved, this one with
   * a margin that lets other machines take part; where it is always the same one, 10 % will do.
   */
  @LoadTest(
      users = 20,
      duration = "4s",
      baseline = "src/test/baselines/checkout.json",
      tolerance = "200%")
  void shop_isNotSlowerThanItWas() throws Exception {
    new Customer(client).buy(shop.buy("book"));
  }

  /** What a threshold cannot say. */
  @AfterEach
  void check(RunResult result) {
    assertThat(result.all().response().p(99)).isLessThan(ofSeconds(2));
  }

  @AfterEach
  void close() {
    shop.close();
  }
}
