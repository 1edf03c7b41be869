package dev.broadside.oct.live;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.broadside.metrics.RunResult;
import dev.broadside.oct.Turret;
import dev.broadside.oct.hq.Headquarters;
import dev.broadside.oct.testing.Await;
import dev.broadside.report.ReportDetails;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of a real headquarters, asked by plain sockets. */
@Timeout(120)
class LivePageTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Headquarters hq =
      Headquarters.builder()
          .publishPort(0)
          .resultsPort(0)
          .runTime(ofSeconds(100))
          .withoutTurretTimeout()
          .build();
  private LivePage page;

  @BeforeEach
  void open() {
    page = LivePage.builder(hq).port(0).details(ReportDetails.of("shop")).open();
  }

  @AfterEach
  void close() {
    page.close();
    hq.close();
  }

  private String get(String path, String... headers) throws IOException {
    List<String> lines = new ArrayList<>(List.of("GET " + path + " HTTP/1.1"));
    lines.addAll(List.of(headers));
    return RawClient.reply(page.port(), lines.toArray(String[]::new));
  }

  private String post(String path, String... headers) throws IOException {
    List<String> lines = new ArrayList<>(List.of("POST " + path + " HTTP/1.1", host()));
    lines.addAll(List.of(headers));
    lines.add("Content-Length: 0");
    return RawClient.reply(page.port(), lines.toArray(String[]::new));
  }

  private String host() {
    return "Host: 127.0.0.1:" + page.port();
  }

  private String token() {
    return "X-Broadside-Token: " + page.url().replaceAll(".*#token=", "");
  }

  private CompletableFuture<RunResult> run() {
    hq.start();
    return CompletableFuture.supplyAsync(hq::run);
  }

  private static JsonNode next(RawClient reader, String event) throws IOException {
    while (!reader.awaitLine("event: ").equals(event)) {}
    return JSON.readTree(reader.awaitLine("data: "));
  }

  @Test
  void page_isServedWithHeadersThatKeepOthersOut() throws Exception {
    String reply = get("/", host());
    assertThat(reply).startsWith("HTTP/1.1 200 ");
    String headers = reply.substring(0, reply.indexOf("\r\n\r\n")).toLowerCase(Locale.ROOT);
    assertThat(headers)
        .contains("content-type: text/html; charset=utf-8", "x-content-type-options: nosniff")
        .contains("cache-control: no-store", "referrer-policy: no-referrer")
        .contains("content-security-policy: default-src 'none'; connect-src 'self'")
        .contains("frame-ancestors 'none'; script-src 'sha256-")
        .doesNotContain("script-src 'unsafe-inline'", "data: 'unsafe-inline'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "LocalHost", "[::1]"})
  void host_mayBeThisMachine(String name) throws Exception {
    assertThat(get("/", "Host: " + name + ":" + page.port())).startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example:PORT",
        "127.0.0.1.evil.example:PORT",
        "127.0.0.1",
        "localhost",
        "localhost:1",
        "localhost:PORT0",
        "localhost.:PORT",
        "[::2]:PORT",
        "[evil]:PORT",
        "127.0.0.2:PORT",
        "10.0.0.4:PORT",
        "user@127.0.0.1:PORT",
        ":PORT",
        "",
      })
  void host_mustNotBeAnother(String host) throws Exception {
    String line = "Host: " + host.replace("PORT", String.valueOf(page.port()));
    assertThat(get("/", line)).startsWith("HTTP/1.1 403 ");
    assertThat(get("/events", line)).startsWith("HTTP/1.1 403 ");
    assertThat(get("/nothing", line)).startsWith("HTTP/1.1 403 ");
    assertThat(RawClient.reply(page.port(), "POST /stop HTTP/1.1", line, token()))
        .startsWith("HTTP/1.1 403 ");
  }

  @Test
  void host_mustBeThereOnce() throws Exception {
    assertThat(get("/")).startsWith("HTTP/1.1 403 ");
    assertThat(get("/", host(), host())).startsWith("HTTP/1.1 403 ");
    assertThat(RawClient.reply(page.port(), "GET / HTTP/1.0")).startsWith("HTTP/1.1 403 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://evil.example/", "http://127.0.0.1:80/", "//evil.example/"})
  void request_mustNotBeForAnotherServer(String target) throws Exception {
    assertThat(get(target, host())).startsWith("HTTP/1.1 403 ");
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:PORT, 200",
    "http://localhost:PORT, 403", // not the one that was asked
    "http://127.0.0.1:1, 403",
    "https://127.0.0.1:PORT, 403",
    "http://evil.example, 403",
    "null, 403",
    "'', 403",
  })
  void origin_mustBeThePageItself(String origin, String status) throws Exception {
    String line = "Origin: " + origin.replace("PORT", String.valueOf(page.port()));
    assertThat(get("/", host(), line)).startsWith("HTTP/1.1 " + status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/start", "/stop", "/kill"})
  void order_needsPostAndToken(String path) throws Exception {
    hq.start();
    assertThat(get(path, host(), token())).startsWith("HTTP/1.1 405 ").contains("Allow: POST");
    assertThat(post(path)).startsWith("HTTP/1.1 403 ");
    assertThat(post(path, "X-Broadside-Token: ")).startsWith("HTTP/1.1 403 ");
    assertThat(post(path, "X-Broadside-Token: 0123456789abcdef0123456789abcdef"))
        .startsWith("HTTP/1.1 403 ");
    assertThat(post(path, token() + "0")).startsWith("HTTP/1.1 403 ");
    assertThat(post(path, token())).startsWith("HTTP/1.1 204 ");
  }

  @Test
  void order_thatCannotBeGivenSaysWhy() throws Exception {
    assertThat(post("/kill", token()))
        .startsWith("HTTP/1.1 409 ")
        .contains("this headquarters is not started");
  }

  @Test
  void page_doesNotContainTheToken() throws Exception {
    assertThat(page.url()).matches("http://127\\.0\\.0\\.1:\\d+/#token=[0-9a-f]{32}");
    assertThat(get("/", host())).doesNotContain(page.url().replaceAll(".*=", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/events/", "/start/x", "/..", "/%73tart", "/index.html"})
  void nothingElse_isThere(String path) throws Exception {
    assertThat(get(path, host())).startsWith("HTTP/1.1 404 ");
  }

  @Test
  void events_followARunFromTheWaitingToItsEnd() throws Exception {
    CompletableFuture<RunResult> run = run();
    try (RawClient reader = RawClient.reading(page.port());
        Turret turret =
            Turret.builder(() -> context -> TimeUnit.MILLISECONDS.sleep(5))
                .name("navigation")
                .headquarters("127.0.0.1", hq.publishPort(), hq.resultsPort())
                .cannons(3)
                .build()) {
      JsonNode waiting = next(reader, "state");
      assertThat(waiting.get("title").asText()).isEqualTo("shop");
      assertThat(waiting.get("phase").asText()).isEqualTo("waiting");
      assertThat(waiting.has("summary")).isFalse();

      turret.start();
      long first = awaitCount(reader, 0);
      long second = awaitCount(reader, first);
      assertThat(post("/stop", token())).startsWith("HTTP/1.1 204 ");
      RunResult result = run.get(20, TimeUnit.SECONDS);
      page.close();
      JsonNode end = next(reader, "end");
      assertThat(end.get("phase").asText()).isEqualTo("ended");
      JsonNode all = end.get("summary").get("all");
      assertThat(all.get("count").asLong()).isEqualTo(result.all().count()).isGreaterThan(second);
      JsonNode shown = end.get("turrets").get(0);
      assertThat(shown.get("name").asText()).isEqualTo("navigation");
      assertThat(shown.get("status").asText()).isEqualTo("ready");
      assertThat(shown.get("cannons").asInt()).isEqualTo(3);
      assertThat(shown.get("secondsAgo").asDouble()).isBetween(0.0, 20.0);
    }
  }

  /** Reads on until more results are told of. */
  private static long awaitCount(RawClient reader, long than) throws IOException {
    while (true) {
      JsonNode event = next(reader, "state");
      if (!event.has("summary")) continue;
      assertThat(event.get("phase").asText()).isEqualTo("firing");
      assertThat(event.get("totalSeconds").asDouble()).isEqualTo(100);
      long count = event.get("summary").get("all").get("count").asLong();
      if (count > than) return count;
    }
  }

  @Test
  void start_doesNotWaitForTurrets() throws Exception {
    CompletableFuture<RunResult> run = run();
    Await.until("waiting", () -> hq.progress().isPresent());
    assertThat(post("/start", token())).startsWith("HTTP/1.1 204 ");
    try (RawClient reader = RawClient.reading(page.port())) {
      while (!next(reader, "state").get("phase").asText().equals("firing")) {}
    }
    assertThat(post("/stop", token())).startsWith("HTTP/1.1 204 ");
    assertThat(run.get(20, TimeUnit.SECONDS).all().count()).isZero();
  }

  @Test
  void kill_endsTheTurrets() throws Exception {
    CompletableFuture<RunResult> run = run();
    try (Turret turret =
        Turret.builder(() -> context -> TimeUnit.MILLISECONDS.sleep(5))
            .headquarters("127.0.0.1", hq.publishPort(), hq.resultsPort())
            .build()) {
      turret.start();
      Await.until("results", () -> hq.progress().filter(now -> now.results() > 0).isPresent());
      assertThat(post("/kill", token())).startsWith("HTTP/1.1 204 ");
      assertThat(turret.awaitEnd(ofSeconds(20))).isTrue();
      Await.until("killed", () -> hq.turrets().get(0).status().equals("Killed"));
    }
    hq.endRun();
    run.get(20, TimeUnit.SECONDS);
  }

  @Test
  void head_isRefusedWithoutAWordOfTheServer() throws Exception {
    List<String> words = new CopyOnWriteArrayList<>();
    Logger logger = Logger.getLogger("com.sun.net.httpserver");
    Handler listener = handler(words);
    logger.addHandler(listener);
    try {
      String reply = RawClient.reply(page.port(), "HEAD / HTTP/1.1", host());
      assertThat(reply).startsWith("HTTP/1.1 405 ").contains("Allow: GET").endsWith("\r\n\r\n");
      assertThat(words).isEmpty();
    } finally {
      logger.removeHandler(listener);
    }
  }

  private static Handler handler(List<String> words) {
    return new Handler() {
      @Override
      public void publish(LogRecord entry) {
        words.add(entry.getMessage());
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  @Test
  void readers_areBounded() throws Exception {
    List<RawClient> readers = new ArrayList<>();
    try {
      for (int i = 0; i < 50; i++) {
        RawClient reader = RawClient.reading(page.port());
        readers.add(reader);
        assertThat(next(reader, "state").get("phase").asText()).isEqualTo("idle");
      }
      assertThat(get("/", host())).startsWith("HTTP/1.1 200 ");

      try (RawClient next = awaitPlace()) {
        assertThat(next(next, "state").has("turrets")).isTrue();
        assertThat(readers.get(0).rest()).isNotNull(); // ends
        assertThat(next(readers.get(49), "state").has("turrets")).isTrue();
      }
    } finally {
      for (RawClient reader : readers) reader.close();
    }
  }

  /** Those that are there are displaced when they have been there for some seconds. */
  private RawClient awaitPlace() throws IOException {
    while (true) {
      RawClient reader = RawClient.reading(page.port());
      if (reader.awaitLine("HTTP/1.1 ").startsWith("200")) return reader;
      reader.close();
    }
  }

  @Test
  void close_isQuickWithStreamsOpenAndLeavesNoThread() throws Exception {
    List<RawClient> readers = new ArrayList<>();
    for (int i = 0; i < 20; i++) readers.add(RawClient.reading(page.port()));
    for (RawClient reader : readers) next(reader, "state");
    RawClient silent = RawClient.connected(page.port());
    silent.send("GET / HT");
    assertThat(ourThreads()).hasSizeGreaterThan(20);

    long begin = System.nanoTime();
    page.close();
    page.close();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(ofSeconds(2));
    Await.until("no thread", () -> ourThreads().isEmpty());
    for (RawClient reader : readers) {
      assertThat(next(reader, "end").get("phase").asText()).isEqualTo("idle");
      assertThat(reader.rest()).doesNotContain("event");
      reader.close();
    }
    silent.close();
    assertThatThrownBy(() -> RawClient.connected(page.port())).isInstanceOf(IOException.class);
  }

  private static Set<String> ourThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.matches("live-page.*|HTTP-Dispatcher|idle-timeout-task"))
        .collect(Collectors.toSet());
  }

  @Test
  void open_saysThatThePortIsTaken() {
    assertThatThrownBy(() -> LivePage.builder(hq).port(page.port()).open())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(
            "the live page cannot be served at 127.0.0.1:"
                + page.port()
                + ": Address already in use; choose another port, or 0 for a free one");
  }

  @Test
  void open_saysThatTheAddressIsUnknown() {
    assertThatThrownBy(() -> LivePage.builder(hq).address("nowhere.invalid").port(0).open())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(
            "the live page cannot be served at nowhere.invalid:0: nobody knows this address");
  }

  @Test
  void builder_checksItsArguments() {
    LivePage.Builder builder = LivePage.builder(hq);
    assertThatThrownBy(() -> LivePage.builder(null)).hasMessage("hq");
    assertThatThrownBy(() -> builder.port(65536)).hasMessageContaining("65536");
    assertThatThrownBy(() -> builder.address(" ")).hasMessage("address is empty");
  }

  @Test
  void everyNetwork_isWarnedOfAndKeepsItsGate() throws Exception {
    try (LivePage open = LivePage.builder(hq).address("*").port(0).open()) {
      assertThat(open.url()).startsWith("http://127.0.0.1:" + open.port() + "/#");
      assertThat(open.reach()).contains("every network", "no TLS");
      assertThat(page.reach()).isEqualTo("only this machine can reach it");
      String get = "GET / HTTP/1.1";
      String port = ":" + open.port();
      assertThat(RawClient.reply(open.port(), get, "Host: 127.0.0.1" + port)).contains(" 200 ");
      assertThat(RawClient.reply(open.port(), get, "Host: evil.example" + port)).contains(" 403 ");
    }
  }
}
