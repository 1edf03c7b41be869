package dev.broadside.oct.protocol;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.broadside.oct.protocol.HqCommand.Kill;
import dev.broadside.oct.protocol.HqCommand.SetTransactionContext;
import dev.broadside.oct.protocol.HqCommand.Start;
import dev.broadside.oct.protocol.HqCommand.StatusRequest;
import dev.broadside.oct.protocol.HqCommand.Stop;
import dev.broadside.oct.protocol.HqCommand.Unknown;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the messages of OCT. It alone knows their JSON. What it writes is what the
 * originals accept, what it reads is all that they send. Source: docs/protocols.md 1.2, 1.4, 1.5.
 * Thread-safe.
 */
public final class OctCodec {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private static final TypeReference<Map<String, @Nullable Object>> OBJECT =
      new TypeReference<>() {};

  private OctCodec() {}

  /** The one frame of an order: {@code "<channel> <json>"}, the channel empty for a broadcast. */
  public static byte[] encode(Order order) {
    ObjectNode json = JSON.createObjectNode();
    HqCommand command = order.command();
    if (command instanceof StatusRequest) {
      json.put("command", "status_request").putNull("msg");
    } else if (command instanceof SetTransactionContext set) {
      json.put("command", "set_transaction_context").putPOJO("msg", set.context());
    } else if (command instanceof Start) {
      json.put("command", "start").put("msg", "open fire");
    } else if (command instanceof Stop) {
      json.put("command", "stop").put("msg", "premature stop");
    } else if (command instanceof Kill) {
      json.put("command", "kill").putNull("msg");
    } else if (command instanceof Unknown unknown) {
      json.put("command", unknown.name()).putNull("msg");
    } else {
      throw new AssertionError(command);
    }
    return (order.channel() + " " + write(json)).getBytes(StandardCharsets.UTF_8);
  }

  /** The one frame of a status. */
  public static byte[] encode(TurretStatus status) {
    // texts are written by WireText, since Jackson would pass on lone surrogates
    StringBuilder json = new StringBuilder("{\"turret\":").append(quoted(status.turret()));
    json.append(",\"status\":").append(quoted(status.status()));
    json.append(",\"uuid\":").append(quoted(status.uuid()));
    json.append(",\"rampup\":").append(number(status.rampUp()));
    json.append(",\"script\":").append(quoted(status.script()));
    json.append(",\"cannons\":").append(status.cannons()).append('}');
    return json.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static String quoted(String text) {
    return new String(WireText.quoted(text), StandardCharsets.US_ASCII);
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private static String write(JsonNode json) {
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Reads an order: one frame with channel and JSON, or two with one each.
   *
   * @throws MalformedMessageException if it is neither, saying what is wrong with it
   */
  public static Order decodeOrder(List<byte[]> frames) throws MalformedMessageException {
    byte[] last = frames.get(frames.size() - 1);
    if (frames.size() > 2) {
      throw new MalformedMessageException("order has " + frames.size() + " frames", frames.get(0));
    }
    String text = text("order", last);
    int json = Math.max(0, text.indexOf('{'));
    String channel = frames.size() == 2 ? text("order", frames.get(0)) : text.substring(0, json);
    return new Order(channel.strip(), command(text.substring(json), last));
  }

  private static HqCommand command(String json, byte[] message) throws MalformedMessageException {
    JsonNode order = object("order", json, message);
    JsonNode command = order.get("command");
    if (command == null) throw new MalformedMessageException("order has no \"command\"", message);
    if (!command.isTextual()) {
      throw new MalformedMessageException("order's \"command\" is not a text", message);
    }
    return switch (command.textValue()) {
      case "status_request" -> new StatusRequest();
      case "set_transaction_context" -> new SetTransactionContext(context(order, message));
      case "start" -> new Start();
      case "stop" -> new Stop();
      case "kill" -> new Kill();
      default -> new Unknown(command.textValue());
    };
  }

  private static Map<String, @Nullable Object> context(JsonNode order, byte[] message)
      throws MalformedMessageException {
    JsonNode context = order.get("msg");
    if (context == null || context.isNull()) return Map.of();
    if (!context.isObject()) {
      throw new MalformedMessageException("context's \"msg\" is not an object", message);
    }
    return JSON.convertValue(context, OBJECT);
  }

  /**
   * Reads what a turret sends. Statuses and results are told apart by their keys.
   *
   * @throws MalformedMessageException if it is neither, saying what is wrong with it
   */
  public static TurretMessage decodeTurretMessage(List<byte[]> frames)
      throws MalformedMessageException {
    byte[] message = frames.get(0);
    if (frames.size() > 1) {
      throw new MalformedMessageException("message has " + frames.size() + " frames", message);
    }
    Fields fields = new Fields(object("message", text("message", message), message), message);
    return fields.has("status") && fields.has("uuid") ? status(fields) : result(fields);
  }

  private static TurretStatus status(Fields fields) throws MalformedMessageException {
    return new TurretStatus(
        fields.text("turret"),
        fields.text("status"),
        fields.text("uuid"),
        fields.number("rampup"),
        fields.text("script"),
        (int) fields.number("cannons"));
  }

  private static TransactionResult result(Fields fields) throws MalformedMessageException {
    String error = fields.textOrNull("error");
    return new TransactionResult(
        fields.has("turret_name") ? fields.text("turret_name") : TransactionResult.NONAME,
        fields.nanos("elapsed"),
        Math.round(fields.number("epoch") * 1e6),
        fields.nanos("scriptrun_time"),
        error == null || error.isEmpty() ? null : error,
        fields.timers("custom_timers"));
  }

  private static JsonNode object(String what, String json, byte[] message)
      throws MalformedMessageException {
    JsonNode node;
    try {
      node = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new MalformedMessageException(what + fault(e), message, e);
    }
    if (!node.isObject()) throw new MalformedMessageException(what + " is no object", message);
    return node;
  }

  private static String fault(JsonProcessingException e) {
    if (e instanceof StreamConstraintsException) return " is too large: " + e.getOriginalMessage();
    JsonLocation place = e.getLocation();
    return " is not JSON" + (place == null ? "" : " (character " + place.getColumnNr() + ")");
  }

  private static String text(String what, byte[] bytes) throws MalformedMessageException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedMessageException(what + " is not UTF-8", bytes, e);
    }
  }
}
