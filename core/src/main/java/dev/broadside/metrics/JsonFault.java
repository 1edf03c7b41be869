package dev.broadside.metrics;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;

/** What is wrong with a JSON text, in words for people. */
public final class JsonFault {
  private JsonFault() {}

  /** What the parser says, without what it says of itself. */
  public static String words(JsonProcessingException fault) {
    return fault.getOriginalMessage().replaceAll(" \\(start marker at .*| at \\[Source: .*", "");
  }

  /** The same behind its line, where that is known. */
  public static String wordsWithLine(JsonProcessingException fault) {
    JsonLocation place = fault.getLocation();
    return place == null ? words(fault) : "line " + place.getLineNr() + ": " + words(fault);
  }
}
