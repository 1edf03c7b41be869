package dev.broadside.oct;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.broadside.oct.LoadValues.TimeRange;
import dev.broadside.oct.config.ConfigKeys;
import dev.broadside.users.ArrivalOverflow;
import dev.broadside.users.ClosedProfile;
import dev.broadside.users.LoadProfile;
import dev.broadside.users.OpenProfile;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the keys of a turret's configuration that say when cannons fire, all of them optional, and
 * collects what is wrong with them.
 */
final class LoadKeys {
  static final List<String> KEYS =
      List.of("rate", "profile", "max_users", "overflow", "poisson", "pacing", "think_time");

  private static final String RATE =
      "a rate above 0: a number per second, or a text as in \"100/s\"";
  private static final String TIMES =
      "a number of seconds, a text as in \"100ms\", a range as in [\"50ms\", \"150ms\"]";

  private final ObjectNode object;
  private final List<String> faults;

  private LoadKeys(ObjectNode object, List<String> faults) {
    this.object = object;
    this.faults = faults;
  }

  /** The load that a configuration asks for; without stages where cannons and rampup say it all. */
  static LoadProfile read(ObjectNode object, List<String> faults) {
    return new LoadKeys(object, faults).read();
  }

  private LoadProfile read() {
    LoadProfile profile = stages();
    if (!profile.stages().isEmpty()) refuseCannons(has("rate") ? "rate" : "profile");
    if (profile instanceof OpenProfile open) return withArrivals(open);
    if (profile instanceof ClosedProfile closed) return withPace(closed);
    throw new AssertionError(profile);
  }

  private LoadProfile stages() {
    if (has("rate") && has("profile")) refuse("rate", "does not go with \"profile\"; drop one");
    if (has("rate")) return LoadProfile.rate(value("rate", RATE, LoadKeys::positiveRate, 1.0));
    return has("profile") ? StageList.read(object.path("profile"), faults) : LoadProfile.closed();
  }

  private static @Nullable Double positiveRate(JsonNode node) {
    Double rate = LoadValues.rate(node);
    return rate == null || rate == 0 ? null : rate;
  }

  /** The seven keys of OCT stay required: these two then say the least that they can. */
  private void refuseCannons(String key) {
    String advice = "does not go with \"" + key + "\"; drop \"" + key + "\", or put ";
    if (object.path("cannons").asDouble() > 1) refuse("cannons", advice + 1);
    if (object.path("rampup").asDouble() > 0) refuse("rampup", advice + 0);
  }

  private OpenProfile withArrivals(OpenProfile open) {
    OpenProfile profile = open;
    for (String key : List.of("pacing", "think_time")) {
      if (has(key))
        refuse(key, "does not go with an open load, whose arrivals are its starts; drop it");
    }
    if (has("max_users")) {
      profile =
          profile.maxUsers(
              value("max_users", "a whole number from 1 to " + Integer.MAX_VALUE, users(1), 1));
    }
    if (has("overflow")) {
      profile =
          profile.overflow(
              value("overflow", "\"late\" or \"drop\"", LoadKeys::overflow, ArrivalOverflow.LATE));
    }
    return has("poisson") ? withPoisson(profile) : profile;
  }

  private static Function<JsonNode, @Nullable Integer> users(int least) {
    return node -> LoadValues.whole(node, least);
  }

  private static @Nullable ArrivalOverflow overflow(JsonNode node) {
    for (ArrivalOverflow known : ArrivalOverflow.values()) {
      if (known.name().toLowerCase(Locale.ROOT).equals(node.textValue())) return known;
    }
    return null;
  }

  private OpenProfile withPoisson(OpenProfile open) {
    JsonNode node = object.path("poisson");
    if (node.isIntegralNumber() && node.canConvertToLong()) return open.poisson(node.longValue());
    if (!node.isBoolean()) {
      refuse("poisson", "is not true, false, or a whole number that its draws begin with");
    }
    return node.booleanValue() ? open.poisson() : open;
  }

  private ClosedProfile withPace(ClosedProfile closed) {
    for (String key : List.of("max_users", "overflow", "poisson")) {
      if (has(key)) refuse(key, "goes with \"rate\", or a \"profile\" of rates, only; drop it");
    }
    if (has("pacing") && has("think_time")) {
      refuse("think_time", "does not go with \"pacing\"; drop one");
      return closed;
    }
    if (has("pacing")) return withPacing(closed);
    return has("think_time") ? withThinkTime(closed) : closed;
  }

  /** A time, or an object that names it {@code interval} and may say {@code restart}. */
  private ClosedProfile withPacing(ClosedProfile closed) {
    JsonNode node = object.path("pacing");
    TimeRange interval = LoadValues.range(node.isObject() ? node.get("interval") : node);
    if (interval != null && !interval.least().isZero() && isPlainOrRestart(node)) {
      ClosedProfile paced = closed.pacing(interval.least(), interval.most());
      return node.path("restart").booleanValue() ? paced.restart() : paced;
    }
    refuse(
        "pacing", "is not a time above 0: " + TIMES + ", or {\"interval\": …, \"restart\": true}");
    return closed;
  }

  private static boolean isPlainOrRestart(JsonNode node) {
    if (!node.isObject()) return true;
    boolean known = node.size() == (node.has("restart") ? 2 : 1);
    return known && (!node.has("restart") || node.get("restart").isBoolean());
  }

  private ClosedProfile withThinkTime(ClosedProfile closed) {
    TimeRange time = LoadValues.range(object.get("think_time"));
    if (time != null) return closed.thinkTime(time.least(), time.most());
    refuse("think_time", "is not a time: " + TIMES);
    return closed;
  }

  private boolean has(String key) {
    return object.hasNonNull(key);
  }

  private <T> T value(
      String key, String expected, Function<JsonNode, @Nullable T> reader, T otherwise) {
    T value = reader.apply(object.path(key));
    if (value != null) return value;
    refuse(key, "is not " + expected);
    return otherwise;
  }

  private void refuse(String key, String why) {
    faults.add("\"" + key + "\": " + ConfigKeys.excerpt(object.path(key)) + " " + why);
  }
}
