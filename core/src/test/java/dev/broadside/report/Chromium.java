package dev.broadside.report;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A browser without a window, told what to do over its DevTools protocol. */
final class Chromium implements AutoCloseable {
  private static final String HINT = "no chromium on the PATH; Debian has it in chromium";
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

  private final Process process;
  private final Path profile;
  private final HttpClient http = HttpClient.newHttpClient();

  private Chromium(Process process, Path profile) {
    this.process = process;
    this.profile = profile;
  }

  /**
   * Starts one with a profile of its own. Where there is none the test is skipped, and fails in CI.
   *
   * @param profile an empty folder
   */
  static Chromium start(Path profile) throws IOException {
    Process process =
        new ProcessBuilder(
                command(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("chromium.log").toFile())
            .start();
    return new Chromium(process, profile);
  }

  private static String command() {
    for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
      Path command = Path.of(folder, "chromium");
      if (Files.isExecutable(command)) return command.toString();
    }
    if ("true".equals(System.getenv("CI"))) return fail(HINT);
    return abort(HINT);
  }

  /** A page of its own, still empty. */
  ChromiumPage newPage() throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port() + "/json/new?about:blank");
    HttpRequest request =
        HttpRequest.newBuilder(uri).PUT(HttpRequest.BodyPublishers.noBody()).build();
    JsonNode target =
        new ObjectMapper().readTree(http.send(request, BodyHandlers.ofString()).body());
    return ChromiumPage.connect(http, URI.create(target.get("webSocketDebuggerUrl").textValue()));
  }

  /** The browser writes it into its profile as soon as it listens there. */
  private String port() throws IOException, InterruptedException {
    Path file = profile.resolve("DevToolsActivePort");
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    while (System.nanoTime() < deadline && process.isAlive()) {
      List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
      if (lines.size() > 1) return lines.get(0);
      Thread.sleep(10);
    }
    return fail("chromium does not listen: " + Files.readString(profile.resolve("chromium.log")));
  }

  /** Ends the browser, and all of the processes it has started. */
  @Override
  public void close() throws IOException, InterruptedException {
    List<ProcessHandle> helpers = process.descendants().toList(); // they write to the profile, too
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
    helpers.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle helper : helpers) helper.onExit().join();
    for (String name : List.of("Lock", "Socket", "Cookie")) { // links out of the profile
      Files.deleteIfExists(profile.resolve("Singleton" + name));
    }
  }
}
