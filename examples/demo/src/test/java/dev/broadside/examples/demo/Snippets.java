package dev.broadside.examples.demo;

import static dev.broadside.metrics.Threshold.percent;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.Broadside;
import dev.broadside.Scenario;
import dev.broadside.junit.LoadTest;
import dev.broadside.metrics.Baseline;
import dev.broadside.metrics.RunResult;
import dev.broadside.metrics.Threshold;
import dev.broadside.oct.Turret;
import dev.broadside.oct.hq.Headquarters;
import dev.broadside.oct.junit.HeadquartersExtension;
import dev.broadside.report.ConsoleReport;
import dev.broadside.report.HtmlReport;
import dev.broadside.report.ReportDetails;
import dev.broadside.users.LoadProfile;
import dev.broadside.users.Transaction;
import dev.broadside.users.TransactionContext;
import dev.broadside.users.feed.CsvRow;
import dev.broadside.users.feed.Feeder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The code that the README and the guides show: what stands between begin and end. */
@SuppressWarnings("ClassCanBeStatic") // as one would write it
final class Snippets {
  private Snippets() {}

  // begin junit
  class CheckoutTest {
    @LoadTest(
        users = 50,
        rampUp = "10s",
        duration = "1m",
        thresholds = {"p(95) < 200ms", "errors < 1%"})
    void checkout(TransactionContext context) throws Exception {
      Cart cart = context.perUser(Cart.class, Cart::new);
      cart.buy("book"); // 50 users do so again and again; what throws is a failure
    }
  }

  // end

  // begin headquarters
  @ExtendWith(HeadquartersExtension.class)
  class TurretTest {
    @Test
    void turret_firesUnderItsHeadquarters(Headquarters hq) throws Exception {
      try (Turret turret =
          Turret.builder(Checkout::new)
              .headquarters("127.0.0.1", hq.publishPort(), hq.resultsPort())
              .cannons(5)
              .build()) {
        turret.start();
        RunResult result = hq.run(); // a second, unless HeadquartersExtension.with says more
        assertThat(result.all().failures()).isZero();
      }
    }
  }

  // end

  static void standalone() throws IOException {
    // begin standalone
    RunResult result =
        Broadside.of(Checkout::new)
            .profile(LoadProfile.users(50).hold(ofMinutes(1)))
            .thresholds("p(95) < 200ms", "errors < 1%")
            .run();
    System.out.print(ConsoleReport.text(result));
    HtmlReport.write(result, ReportDetails.of("shop"), Path.of("results.html"));
    if (!result.passed()) throw new AssertionError(result.verdicts());
    // end
  }

  static void open() {
    // begin open
    LoadProfile arrivals =
        LoadProfile.open().rampTo(500, ofSeconds(30)).hold(ofMinutes(5)).maxUsers(2000);
    RunResult result = Broadside.of(Checkout::new).profile(arrivals).run();
    System.out.println(result.all().response().p(99)); // from when each was to start
    System.out.println(result.all().service().p(99)); // from when it did
    System.out.println(result.all().starts().late()); // so many found 2,000 users busy
    // end
  }

  static void mix() {
    // begin mix
    Scenario visitors =
        Scenario.mix()
            .add(70, Browse::new)
            .add(30, Checkout::new)
            .profile(
                LoadProfile.users(100).hold(ofMinutes(10)).thinkTime(ofSeconds(1), ofSeconds(5)));
    Scenario orders = Scenario.of(Export::new).profile(LoadProfile.rate(2).hold(ofMinutes(10)));
    RunResult result = Broadside.of(visitors, orders).run();
    // end
    System.out.println(result);
  }

  // begin feeder
  static final class Login implements Transaction {
    static final Feeder<CsvRow> CUSTOMERS = Feeder.csv(Path.of("customers.csv")).random(42);

    @Override
    public void run(TransactionContext context) throws Exception {
      CsvRow customer = CUSTOMERS.next(context);
      context.tag(customer.get("tier")); // counted as Login[gold]
      int status = login(customer.get("name"), customer.get("password"));
      if (status != 200) context.fail("status " + status);
    }
  }

  // end

  static void thresholds() {
    // begin thresholds
    RunResult result =
        Broadside.of(Checkout::new)
            .profile(LoadProfile.rate(100).hold(ofMinutes(1)))
            .thresholds("response p(99) < 1s abort", "dropped < 1%", "rate > 95/s")
            .thresholds(List.of(Threshold.p(95).below(ofMillis(200)).label("Checkout").service()))
            .run();
    result.verdicts().forEach(System.out::println);
    // end
  }

  static void baseline() throws IOException {
    Broadside checkout =
        Broadside.of(Checkout::new).profile(LoadProfile.users(50).hold(ofMinutes(1)));
    // begin baseline
    Path file = Path.of("checkout.json"); // begun by Baseline.of(checkout.run()).save(file)
    Baseline baseline = Baseline.load(file);
    RunResult result =
        checkout.thresholds(List.of(Threshold.noWorseThan(baseline, percent(10)))).run();
    if (result.passed()) baseline.plus(result).save(file); // keeps the runs apart
    // end
  }

  static void profiles() {
    // begin profiles
    LoadProfile users = LoadProfile.users(50).hold(ofMinutes(1)); // closed: so many users
    LoadProfile upAndDown =
        LoadProfile.closed().rampTo(50, ofSeconds(10)).hold(ofMinutes(1)).rampTo(0, ofSeconds(10));
    LoadProfile arrivals = LoadProfile.rate(500).hold(ofMinutes(1)); // open: so many in a second
    LoadProfile spike =
        LoadProfile.rate(100).hold(ofMinutes(1)).spike(2000, ofSeconds(5)).hold(ofMinutes(1));
    // end
    System.out.println(List.of(users, upAndDown, arrivals, spike));
  }

  /** What the examples do. */
  static class Checkout implements Transaction {
    @Override
    public void run(TransactionContext context) throws Exception {
      Thread.sleep(20);
    }
  }

  static final class Browse extends Checkout {}

  static final class Export extends Checkout {}

  static final class Cart {
    void buy(String article) throws InterruptedException {
      Thread.sleep(article.length());
    }
  }

  private static int login(String name, String password) {
    return name.equals(password) ? 403 : 200;
  }
}
