package dev.broadside.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** A page of {@link Chromium}. It remembers what was complained of on its console. */
final class ChromiumPage implements WebSocket.Listener, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TIMEOUT_SECONDS = 60;

  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final StringBuilder message = new StringBuilder();
  private volatile CompletableFuture<Void> loaded = new CompletableFuture<>();
  private WebSocket socket;

  private ChromiumPage() {}

  static ChromiumPage connect(HttpClient http, URI address) {
    ChromiumPage page = new ChromiumPage();
    page.socket = http.newWebSocketBuilder().buildAsync(address, page).join();
    for (String domain : List.of("Page", "Runtime", "Log")) page.call(domain + ".enable", "{}");
    return page;
  }

  /** Opens an address and waits until everything is there. */
  void open(URI address) {
    loaded = new CompletableFuture<>();
    call("Page.navigate", "{\"url\": " + JSON.valueToTree(address.toString()) + "}");
    await(loaded, "loading of " + address);
  }

  /** How large the window is, and what the reader prefers. */
  void look(int width, int height, boolean dark) {
    call(
        "Emulation.setDeviceMetricsOverride",
        "{\"width\": %d, \"height\": %d, \"deviceScaleFactor\": 1, \"mobile\": %b}"
            .formatted(width, height, width < 500));
    call(
        "Emulation.setEmulatedMedia",
        "{\"features\": [{\"name\": \"prefers-color-scheme\", \"value\": \"%s\"}]}"
            .formatted(dark ? "dark" : "light"));
  }

  /** The value of an expression, as JSON; a promise is waited for. */
  JsonNode evaluate(String expression) {
    ObjectNode parameters = JSON.createObjectNode();
    parameters.put("expression", expression).put("returnByValue", true).put("awaitPromise", true);
    JsonNode answer = call("Runtime.evaluate", parameters.toString());
    if (answer.has("exceptionDetails")) throw new AssertionError(expression + ": " + answer);
    return answer.at("/result/value");
  }

  /** Waits until an expression is true. */
  void await(String expression) {
    evaluate(
        "new Promise(done => (function look() { if (%s) done(); else setTimeout(look, 5); })())"
            .formatted(expression));
  }

  /** Drags the mouse from one place of the window to another. */
  void drag(int fromX, int fromY, int toX, int toY) {
    mouse("mousePressed", fromX, fromY);
    mouse("mouseMoved", (fromX + toX) / 2, (fromY + toY) / 2);
    mouse("mouseMoved", toX, toY);
    mouse("mouseReleased", toX, toY);
  }

  private void mouse(String type, int x, int y) {
    call(
        "Input.dispatchMouseEvent",
        "{\"type\": \"%s\", \"x\": %d, \"y\": %d, \"button\": \"left\", \"buttons\": 1, \"clickCount\": 1}"
            .formatted(type, x, y));
  }

  /** Calls a method of the DevTools protocol. */
  JsonNode call(String method, String parameters) {
    int id = lastId.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    calls.put(id, answer);
    String text =
        "{\"id\": %d, \"method\": \"%s\", \"params\": %s}".formatted(id, method, parameters);
    socket.sendText(text, true).join();
    return await(answer, method);
  }

  private static <T> T await(CompletableFuture<T> future, String what) {
    try {
      return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("no end of " + what, e);
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(what, e);
    }
  }

  /** What has been written to the console, by the page or by the browser, and what was thrown. */
  List<String> complaints() {
    evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))");
    return complaints;
  }

  /** A picture of what the window shows, or of the whole page. */
  void picture(Path file, boolean whole) throws IOException {
    String parameters = "{\"captureBeyondViewport\": %b}".formatted(whole);
    if (whole) {
      JsonNode size = call("Page.getLayoutMetrics", "{}").get("cssContentSize");
      parameters =
          "{\"captureBeyondViewport\": true, \"clip\": {\"x\": 0, \"y\": 0, \"width\": %s, \"height\": %s, \"scale\": 1}}"
              .formatted(size.get("width"), size.get("height"));
    }
    write(file, call("Page.captureScreenshot", parameters));
  }

  /** The page as it would be printed. */
  void print(Path file) throws IOException {
    write(file, call("Page.printToPDF", "{\"preferCSSPageSize\": true}"));
  }

  private static void write(Path file, JsonNode answer) throws IOException {
    Files.write(file, Base64.getDecoder().decode(answer.get("data").textValue()));
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    message.append(data);
    if (last) {
      receive(message.toString());
      message.setLength(0);
    }
    webSocket.request(1);
    return null;
  }

  private void receive(String text) {
    try {
      JsonNode received = JSON.readTree(text);
      if (received.has("id")) answer(received);
      else event(received.get("method").textValue(), received.get("params"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer(JsonNode received) {
    CompletableFuture<JsonNode> call = calls.remove(received.get("id").intValue());
    if (received.has("error")) call.completeExceptionally(new AssertionError(received.toString()));
    else call.complete(received.get("result"));
  }

  private void event(String method, JsonNode parameters) {
    switch (method) {
      case "Page.loadEventFired" -> loaded.complete(null);
      case "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded" ->
          complaints.add(method + " " + parameters);
      default -> {}
    }
  }

  @Override
  public void close() {
    call("Page.close", "{}");
    socket.abort();
  }
}
