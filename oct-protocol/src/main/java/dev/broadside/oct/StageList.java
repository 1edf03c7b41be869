package dev.broadside.oct;

import com.fasterxml.jackson.databind.JsonNode;
import dev.broadside.oct.config.ConfigKeys;
import dev.broadside.users.ClosedProfile;
import dev.broadside.users.LoadProfile;
import dev.broadside.users.OpenProfile;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list of stages, all of users or all of rates: {@code [{"users": 50, "ramp": "10s",
 * "hold": "1m"}]}.
 */
final class StageList {
  private static final List<String> KEYS = List.of("users", "rate", "ramp", "hold");
  private static final String STAGES =
      "a list of stages, as in [{\"users\": 50, \"ramp\": \"10s\", \"hold\": \"1m\"}]";
  private static final String TIME = "a time: a number of seconds, or a text as in \"10s\"";

  private final JsonNode list;
  private final List<String> faults;
  private int number; // of the stage that is read
  private Duration length = Duration.ZERO; // of all stages so far

  private StageList(JsonNode list, List<String> faults) {
    this.list = list;
    this.faults = faults;
  }

  /** The profile of a list; faulty stages count as some harmless ones. */
  static LoadProfile read(JsonNode list, List<String> faults) {
    return new StageList(list, faults).read();
  }

  private LoadProfile read() {
    boolean rates = !list.findValues("rate").isEmpty();
    if (!list.isArray() || list.isEmpty()) {
      faults.add("\"profile\": " + ConfigKeys.excerpt(list) + " is not " + STAGES);
    } else if (rates && !list.findValues("users").isEmpty()) {
      faults.add("\"profile\" has stages of users and of rates; expected one kind");
    } else {
      LoadProfile profile = rates ? rates() : users();
      checkLength();
      if (!profile.stages().isEmpty() && !profile.isAboveZero()) {
        faults.add("\"profile\" never goes above zero; expected a stage that does");
      }
      return profile;
    }
    return LoadProfile.closed();
  }

  private boolean isTooLong() {
    return length.toSeconds() > LoadValues.MAX_TIME.toSeconds();
  }

  private void checkLength() {
    if (!isTooLong()) return;
    faults.add(
        "\"profile\" takes %d s in all; expected at most %d s"
            .formatted(length.toSeconds(), LoadValues.MAX_TIME.toSeconds()));
  }

  private ClosedProfile users() {
    ClosedProfile profile = LoadProfile.closed();
    for (JsonNode stage : list) {
      if (!isStage(stage)) continue;
      Integer users = LoadValues.whole(stage.path("users"), 0);
      if (users == null) fault(stage, "users", "a whole number from 0 to " + Integer.MAX_VALUE);
      profile = profile.rampTo(users == null ? 1 : users, timeOrZero(stage, "ramp"));
      if (stage.has("hold")) profile = profile.hold(timeOrZero(stage, "hold"));
    }
    return profile;
  }

  private OpenProfile rates() {
    OpenProfile profile = LoadProfile.open();
    for (JsonNode stage : list) {
      if (!isStage(stage)) continue;
      Double rate = LoadValues.rate(stage.path("rate"));
      if (rate == null) {
        fault(stage, "rate", "a rate, 0 or more: a number per second, or a text as in \"100/s\"");
      }
      profile = profile.rampTo(rate == null ? 1 : rate, timeOrZero(stage, "ramp"));
      if (stage.has("hold")) profile = profile.hold(timeOrZero(stage, "hold"));
    }
    return profile;
  }

  /** Whether it can be read key by key. */
  private boolean isStage(JsonNode stage) {
    number++;
    String unknown = unknownKey(stage);
    if (unknown == null && (stage.has("users") || stage.has("rate"))) return true;
    faults.add(
        where()
            + (unknown == null
                ? ConfigKeys.excerpt(stage) + " is not a stage"
                : "\"" + unknown + "\" is unknown")
            + "; expected \"users\" or \"rate\", and perhaps \"ramp\" and \"hold\"");
    return false;
  }

  private static @Nullable String unknownKey(JsonNode stage) {
    for (Iterator<String> names = stage.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!KEYS.contains(name)) return name;
    }
    return null;
  }

  private Duration timeOrZero(JsonNode stage, String key) {
    Duration time = stage.has(key) ? LoadValues.time(stage.get(key)) : Duration.ZERO;
    if (time == null) fault(stage, key, TIME);
    else length = length.plus(time);
    return time == null || isTooLong() ? Duration.ZERO : time;
  }

  private void fault(JsonNode stage, String key, String expected) {
    String value = ConfigKeys.excerpt(stage.path(key));
    faults.add(where() + "\"" + key + "\": " + value + " is not " + expected);
  }

  private String where() {
    return "\"profile\", stage " + number + ": ";
  }
}
