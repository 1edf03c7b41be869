package dev.broadside.loads.protocol;

import dev.broadside.loads.protocol.LoadsMessage.AddError;
import dev.broadside.loads.protocol.LoadsMessage.AddFailure;
import dev.broadside.loads.protocol.LoadsMessage.AddHit;
import dev.broadside.loads.protocol.LoadsMessage.AddSuccess;
import dev.broadside.loads.protocol.LoadsMessage.IncrCounter;
import dev.broadside.loads.protocol.LoadsMessage.Other;
import dev.broadside.loads.protocol.LoadsMessage.SocketClose;
import dev.broadside.loads.protocol.LoadsMessage.SocketMessage;
import dev.broadside.loads.protocol.LoadsMessage.SocketOpen;
import dev.broadside.loads.protocol.LoadsMessage.StartTest;
import dev.broadside.loads.protocol.LoadsMessage.StopTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what runners of any language send. More tolerant than the original receiver: {@code
 * loads_status} on socket messages, {@code hostname} and keys nobody knows do no harm, and in a
 * batch a bad message costs itself alone. Source: docs/protocols.md 2.2.
 */
public final class LoadsDecoder {
  private static final int EXCERPT = 200;

  private LoadsDecoder() {}

  /**
   * Reads one frame.
   *
   * @throws MalformedMessageException if that is no message of Loads
   */
  public static LoadsReport decode(byte[] frame) throws MalformedMessageException {
    try {
      Fields fields = Fields.of(tree(frame));
      List<LoadsMessage> messages = new ArrayList<>();
      List<String> faults = new ArrayList<>();
      String dataType = fields.text("data_type");
      String agentId = fields.textOrEmpty("agent_id");
      String runId = fields.textOrNull("run_id");
      if (dataType.equals("batch")) batch(fields, messages, faults);
      else messages.add(message(dataType, fields));
      return new LoadsReport(agentId, runId, fields.optionalText("hostname"), messages, faults);
    } catch (Fault e) {
      throw new MalformedMessageException(e.getMessage() + ": " + excerpt(frame));
    }
  }

  private static @Nullable Object tree(byte[] frame) throws Fault {
    try {
      return JsonTree.read(frame);
    } catch (IOException e) {
      String reason = e.getMessage() == null ? "" : e.getMessage();
      int line = reason.indexOf('\n');
      throw new Fault("not JSON, " + (line < 0 ? reason : reason.substring(0, line)));
    }
  }

  private static void batch(Fields fields, List<LoadsMessage> messages, List<String> faults)
      throws Fault {
    for (Map.Entry<String, @Nullable Object> type : fields.object("counts").entrySet()) {
      if (!(type.getValue() instanceof List<?> list)) {
        faults.add("\"counts\" has no list for " + type.getKey());
        continue;
      }
      for (Object inner : list) {
        try {
          messages.add(message(type.getKey(), Fields.of(inner)));
        } catch (Fault e) {
          faults.add(e.getMessage() + " in a batch's " + type.getKey() + ": " + excerpt(inner));
        }
      }
    }
  }

  private static LoadsMessage message(String dataType, Fields fields) throws Fault {
    return switch (dataType) {
      case "startTest" -> new StartTest(fields.text("test"), fields.status());
      case "stopTest" -> new StopTest(fields.text("test"), fields.status());
      case "addSuccess" -> new AddSuccess(fields.text("test"), fields.status());
      case "addFailure" -> new AddFailure(fields.text("test"), fields.excInfo(), fields.status());
      case "addError" -> new AddError(fields.text("test"), fields.excInfo(), fields.status());
      case "add_hit" ->
          new AddHit(
              fields.text("url"),
              fields.text("method"),
              fields.integer("status"),
              fields.anyText("started"),
              fields.nanos("elapsed"),
              fields.statusIfAny());
      case "socket_open" -> new SocketOpen(fields.statusIfAny());
      case "socket_close" -> new SocketClose(fields.statusIfAny());
      case "socket_message" -> new SocketMessage(fields.size("size"), fields.statusIfAny());
      case "incr_counter" ->
          new IncrCounter(fields.text("test"), fields.status(), fields.text("name"));
      default -> new Other(dataType);
    };
  }

  /** The beginning of a frame, in one printable line. */
  private static String excerpt(byte[] frame) {
    int length = Math.min(frame.length, EXCERPT);
    return printable(new String(frame, 0, length, StandardCharsets.UTF_8), frame.length > length);
  }

  private static String excerpt(@Nullable Object inner) {
    String text = String.valueOf(inner);
    int length = Math.min(text.length(), EXCERPT);
    return printable(text.substring(0, length), text.length() > length);
  }

  private static String printable(String text, boolean cut) {
    StringBuilder line = new StringBuilder(text.length() + 3);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      line.append(Character.isISOControl(c) ? '.' : c);
    }
    return cut ? line.append("...").toString() : line.toString();
  }

  /** What is wrong with a message, without its excerpt. */
  static final class Fault extends Exception {
    private static final long serialVersionUID = 1;

    Fault(String message) {
      super(message, null, false, false); // a peer may send millions: no stack trace
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }
}
