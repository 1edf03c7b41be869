package dev.broadside.loads.protocol;

import dev.broadside.loads.protocol.LoadsDecoder.Fault;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of one message, each read as what it must be. */
final class Fields {
  private static final double NANOS = 1e9;
  private static final double MAX_SECONDS = Long.MAX_VALUE / NANOS;
  private static final int STATUS_LENGTH = 4;
  private static final int EXC_INFO_LENGTH = 3;

  private final Map<String, @Nullable Object> values;

  private Fields(Map<String, @Nullable Object> values) {
    this.values = values;
  }

  static Fields of(@Nullable Object json) throws Fault {
    return new Fields(asObject(json, "the message"));
  }

  @SuppressWarnings("unchecked") // JsonTree makes no other maps
  private static Map<String, @Nullable Object> asObject(@Nullable Object json, String what)
      throws Fault {
    if (json instanceof Map) return (Map<String, @Nullable Object>) json;
    throw new Fault(what + " is not an object");
  }

  Map<String, @Nullable Object> object(String name) throws Fault {
    return asObject(required(name), "\"" + name + "\"");
  }

  String text(String name) throws Fault {
    if (required(name) instanceof String text) return text;
    throw new Fault("\"" + name + "\" is not a text");
  }

  @Nullable String optionalText(String name) {
    return values.get(name) instanceof String text ? text : null;
  }

  String textOrEmpty(String name) {
    return values.get(name) instanceof String text ? text : "";
  }

  /** Must be there; null counts as an empty text. */
  String textOrNull(String name) throws Fault {
    return required(name) == null ? "" : text(name);
  }

  /** Must be there; whatever it is, it is taken as a text. */
  String anyText(String name) throws Fault {
    return String.valueOf(required(name));
  }

  int integer(String name) throws Fault {
    return toInt(required(name), name);
  }

  private static int toInt(@Nullable Object value, String name) throws Fault {
    if (value instanceof Integer number) return number;
    try {
      if (value instanceof String text) return Integer.parseInt(text.strip()); // as the original
    } catch (NumberFormatException e) {
      throw new Fault("\"" + name + "\" is not a whole number");
    }
    throw new Fault("\"" + name + "\" is not a whole number");
  }

  long size(String name) throws Fault {
    double size = number(name);
    if (size < 0 || size >= Long.MAX_VALUE) throw new Fault("\"" + name + "\" is out of range");
    return Math.round(size);
  }

  long nanos(String name) throws Fault {
    double seconds = number(name);
    if (Math.abs(seconds) >= MAX_SECONDS) throw new Fault("\"" + name + "\" is out of range");
    return Math.round(seconds * NANOS);
  }

  private double number(String name) throws Fault {
    Object value = required(name);
    double number =
        value instanceof Number it && !(value instanceof BigInteger)
            ? it.doubleValue()
            : Double.NaN;
    if (Double.isNaN(number)) throw new Fault("\"" + name + "\" is not a number");
    return number;
  }

  LoadsStatus status() throws Fault {
    LoadsStatus status = status(required("loads_status"));
    if (status == null) throw new Fault("\"loads_status\" is empty");
    return status;
  }

  @Nullable LoadsStatus statusIfAny() throws Fault {
    return status(values.get("loads_status"));
  }

  /** A list, or the text that some versions of loads.js make of it. */
  private static @Nullable LoadsStatus status(@Nullable Object value) throws Fault {
    if (value == null) return null;
    if (value instanceof String joined) return status(Arrays.asList(joined.split(",", -1)));
    if (!(value instanceof List<?> list)) throw new Fault("\"loads_status\" is not a list");
    if (list.isEmpty()) return null;
    if (list.size() != STATUS_LENGTH) {
      throw new Fault("\"loads_status\" has " + list.size() + " elements instead of 4");
    }
    return new LoadsStatus(
        toInt(list.get(0), "loads_status"),
        toInt(list.get(1), "loads_status"),
        toInt(list.get(2), "loads_status"),
        toInt(list.get(3), "loads_status"));
  }

  ExcInfo excInfo() throws Fault {
    if (required("exc_info") instanceof List<?> list
        && list.size() == EXC_INFO_LENGTH
        && list.get(0) instanceof String first
        && list.get(1) instanceof String second
        && list.get(2) instanceof String traceback) {
      return new ExcInfo(first, second, traceback);
    }
    throw new Fault("\"exc_info\" is not a list of three texts");
  }

  private @Nullable Object required(String name) throws Fault {
    Object value = values.get(name);
    if (value == null && !values.containsKey(name)) throw new Fault("it has no \"" + name + "\"");
    return value;
  }
}
