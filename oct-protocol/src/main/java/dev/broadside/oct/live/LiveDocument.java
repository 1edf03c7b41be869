package dev.broadside.oct.live;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.broadside.metrics.RunResult;
import dev.broadside.oct.hq.Headquarters;
import dev.broadside.oct.hq.Progress;
import dev.broadside.oct.hq.Progress.Phase;
import dev.broadside.oct.hq.TurretInfo;
import dev.broadside.report.JsonSummary;
import dev.broadside.report.ReportDetails;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the page is told: the phase, the turrets, and the run's summary once turrets have fired.
 * Where no run goes on it is about the last one.
 */
final class LiveDocument {
  private static final JsonFactory JSON = new JsonFactory();

  /** No run has begun yet. */
  private static final String IDLE = "idle";

  /** No run goes on any more. */
  private static final String ENDED = "ended";

  /** How many turrets are shown; more would be no table to read. */
  private static final int MAX_TURRETS = 500;

  private final Headquarters hq;
  private final ReportDetails details;
  private final InstantSource clock;

  LiveDocument(Headquarters hq, ReportDetails details, InstantSource clock) {
    this.hq = hq;
    this.details = details;
    this.clock = clock;
  }

  /** As it is now, in UTF-8. */
  byte[] bytes() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      state(json);
      turrets(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // into memory it cannot fail
    }
    return text.toString().getBytes(StandardCharsets.UTF_8); // half a pair becomes ?
  }

  private void state(JsonGenerator json) throws IOException {
    Optional<Progress> progress = hq.progress();
    String phase =
        progress.map(LiveDocument::phase).orElse(hq.lastResult().isEmpty() ? IDLE : ENDED);
    json.writeStringField("title", details.title());
    json.writeStringField("phase", phase);
    if (progress.isPresent()) progress(json, progress.get());
    if (progress.isEmpty() || progress.get().phase() != Phase.WAITING) summary(json);
  }

  private static String phase(Progress progress) {
    return progress.phase().name().toLowerCase(Locale.ROOT);
  }

  private void summary(JsonGenerator json) throws IOException {
    Optional<RunResult> result = hq.current().or(hq::lastResult);
    if (result.isEmpty()) return;
    json.writeFieldName("summary");
    json.writeRawValue(JsonSummary.brief(result.get(), details));
  }

  private static void progress(JsonGenerator json, Progress progress) throws IOException {
    seconds(json, "elapsedSeconds", progress.elapsed());
    seconds(json, "totalSeconds", progress.runTime());
    json.writeNumberField("turretsReady", progress.turrets());
    json.writeNumberField("turretsWanted", progress.turretsWanted());
  }

  private void turrets(JsonGenerator json) throws IOException {
    List<TurretInfo> turrets = hq.turrets();
    json.writeNumberField("turretCount", turrets.size());
    json.writeArrayFieldStart("turrets");
    for (TurretInfo turret : turrets.subList(0, Math.min(MAX_TURRETS, turrets.size()))) {
      turret(json, turret);
    }
    json.writeEndArray();
  }

  private void turret(JsonGenerator json, TurretInfo turret) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", turret.name());
    json.writeStringField("uuid", turret.uuid());
    json.writeStringField("status", turret.status());
    json.writeBooleanField("silent", turret.silent());
    seconds(json, "secondsAgo", Duration.between(turret.lastSeen(), clock.instant()));
    json.writeNumberField("cannons", turret.cannons());
    seconds(json, "rampUpSeconds", turret.rampUp());
    json.writeStringField("script", turret.script());
    json.writeEndObject();
  }

  private static void seconds(JsonGenerator json, String field, Duration duration)
      throws IOException {
    json.writeNumberField(field, Math.max(0, duration.toMillis()) / 1e3);
  }
}
