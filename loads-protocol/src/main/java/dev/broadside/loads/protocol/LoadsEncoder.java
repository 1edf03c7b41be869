package dev.broadside.loads.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.broadside.loads.protocol.LoadsMessage.AddError;
import dev.broadside.loads.protocol.LoadsMessage.AddFailure;
import dev.broadside.loads.protocol.LoadsMessage.AddHit;
import dev.broadside.loads.protocol.LoadsMessage.AddSuccess;
import dev.broadside.loads.protocol.LoadsMessage.IncrCounter;
import dev.broadside.loads.protocol.LoadsMessage.SocketMessage;
import dev.broadside.loads.protocol.LoadsMessage.StartTest;
import dev.broadside.loads.protocol.LoadsMessage.StopTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages as the original receiver demands them: exactly the keys of each type, ASCII only,
 * finite numbers. Characters beyond ASCII become {@code \}{@code uXXXX} in texts and are
 * percent-encoded in URLs. Source: docs/protocols.md 2.2.
 *
 * <p>Thread-safe.
 */
public final class LoadsEncoder {
  private static final JsonFactory JSON = new JsonFactory();
  private static final long NANOS = 1_000_000_000;

  private final String agentId;
  private final String runId;
  private final ExcInfo.Order excInfoOrder;

  /** An encoder for one agent's messages of one run. */
  public LoadsEncoder(String agentId, String runId, ExcInfo.Order excInfoOrder) {
    this.agentId = AsciiText.of(agentId);
    this.runId = AsciiText.of(runId);
    this.excInfoOrder = excInfoOrder;
  }

  /** The one frame of a message. */
  public byte[] encode(LoadsMessage message) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
      JsonGenerator json = begin(message.dataType(), bytes);
      fields(json, message);
      json.writeEndObject();
      json.close();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }

  /** The one frame of many messages. Their order is kept within each type only. */
  public byte[] encodeBatch(List<? extends LoadsMessage> messages) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(256 * (messages.size() + 1));
      JsonGenerator json = begin("batch", bytes);
      json.writeObjectFieldStart("counts");
      for (Map.Entry<String, List<LoadsMessage>> type : byType(messages).entrySet()) {
        json.writeArrayFieldStart(type.getKey());
        for (LoadsMessage message : type.getValue()) {
          json.writeStartObject();
          fields(json, message);
          json.writeEndObject();
        }
        json.writeEndArray();
      }
      json.writeEndObject();
      json.writeEndObject();
      json.close();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }

  private JsonGenerator begin(String dataType, ByteArrayOutputStream bytes) throws IOException {
    JsonGenerator json = JSON.createGenerator(bytes);
    json.writeStartObject();
    json.writeStringField("data_type", dataType);
    json.writeStringField("agent_id", agentId);
    json.writeStringField("run_id", runId);
    return json;
  }

  private static Map<String, List<LoadsMessage>> byType(List<? extends LoadsMessage> messages) {
    Map<String, List<LoadsMessage>> types = new LinkedHashMap<>();
    for (LoadsMessage message : messages) {
      types.computeIfAbsent(message.dataType(), type -> new ArrayList<>()).add(message);
    }
    return types;
  }

  private void fields(JsonGenerator json, LoadsMessage message) throws IOException {
    if (message instanceof StartTest m) {
      test(json, m.test(), m.loadsStatus());
    } else if (message instanceof StopTest m) {
      test(json, m.test(), m.loadsStatus());
    } else if (message instanceof AddSuccess m) {
      test(json, m.test(), m.loadsStatus());
    } else if (message instanceof AddFailure m) {
      failed(json, m.test(), m.excInfo(), m.loadsStatus());
    } else if (message instanceof AddError m) {
      failed(json, m.test(), m.excInfo(), m.loadsStatus());
    } else if (message instanceof AddHit m) {
      hit(json, m);
    } else if (message instanceof SocketMessage m) {
      json.writeNumberField("size", m.size());
    } else if (message instanceof IncrCounter m) {
      test(json, m.test(), m.loadsStatus());
      json.writeStringField("name", AsciiText.of(m.name()));
    } else if (message instanceof LoadsMessage.Other) {
      throw new IllegalArgumentException("runners do not send " + message.dataType());
    } // socket_open and socket_close have no fields
  }

  private static void test(JsonGenerator json, String test, LoadsStatus status) throws IOException {
    json.writeStringField("test", AsciiText.of(test));
    status(json, status);
  }

  private void failed(JsonGenerator json, String test, ExcInfo excInfo, LoadsStatus status)
      throws IOException {
    boolean classFirst = excInfoOrder == ExcInfo.Order.CLASS_FIRST;
    json.writeStringField("test", AsciiText.of(test));
    json.writeArrayFieldStart("exc_info");
    json.writeString(AsciiText.of(classFirst ? excInfo.className() : excInfo.message()));
    json.writeString(AsciiText.of(classFirst ? excInfo.message() : excInfo.className()));
    json.writeString(AsciiText.of(excInfo.traceback()));
    json.writeEndArray();
    status(json, status);
  }

  private static void hit(JsonGenerator json, AddHit hit) throws IOException {
    json.writeStringField("url", AsciiText.url(hit.url()));
    json.writeStringField("method", AsciiText.of(hit.method()));
    json.writeNumberField("status", hit.status());
    json.writeStringField("started", AsciiText.of(hit.started()));
    json.writeFieldName("elapsed");
    json.writeNumber(seconds(hit.elapsedNanos()));
    status(json, hit.loadsStatus());
  }

  /** With exactly nine decimals, never through a double. */
  private static String seconds(long nanos) {
    long positive = Math.max(0, nanos);
    String decimals = Long.toString(NANOS + positive % NANOS);
    return new StringBuilder(Long.toString(positive / NANOS))
        .append('.')
        .append(decimals, 1, decimals.length())
        .toString();
  }

  private static void status(JsonGenerator json, @Nullable LoadsStatus status) throws IOException {
    if (status == null) {
      json.writeNullField("loads_status");
      return;
    }
    json.writeArrayFieldStart("loads_status");
    json.writeNumber(status.totalHits());
    json.writeNumber(status.totalUsers());
    json.writeNumber(status.currentHit());
    json.writeNumber(status.currentUser());
    json.writeEndArray();
  }
}
