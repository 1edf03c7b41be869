package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.broadside.junit.LoadTest;
import dev.broadside.users.TransactionContext;
import java.net.http.HttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

/** What a load test says when it fails. */
class FailureTest {
  @Test
  void failure_saysWhatWasAskedForAndWhatWasMeasured() {
    String message = failureOf(InAHurry.class);
    System.out.println(message);
    assertThat(message)
        .contains("p(95) < 1ms has to hold, but measured was ")
        .contains("errors < 1% has to hold, but measured was ")
        .contains("The most frequent errors:", " times: the shop answered 409")
        .contains("The report: target/broadside/FailureTest.InAHurry.buy.html");
  }

  private static String failureOf(Class<?> tests) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(tests))
        .execute()
        .testEvents()
        .failed()
        .stream()
        .map(event -> event.getRequiredPayload(TestExecutionResult.class))
        .findFirst()
        .flatMap(TestExecutionResult::getThrowable)
        .orElseThrow()
        .getMessage();
  }

  /** Not run by the build, since it is nested and static: only the test above asks for it. */
  static class InAHurry {
    private final HttpClient client = HttpClient.newHttpClient();
    private Shop shop;

    @BeforeEach
    void open() throws Exception {
      shop = Shop.open();
    }

    @LoadTest(
        users = 5,
        iterations = 100,
        thresholds = {"p(95) < 1ms", "errors < 1%"})
    void buy(TransactionContext context) throws Exception {
      boolean wantsAPen = context.userNumber() == 1;
      new Customer(client).buy(shop.buy(wantsAPen ? "pen" : "book"));
    }

    @AfterEach
    void close() {
      shop.close();
    }
  }
}
