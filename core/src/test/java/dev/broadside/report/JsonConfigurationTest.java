package dev.broadside.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonConfigurationTest {
  @Test
  void text_isJsonInTheOrderGiven() throws Exception {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("test", "say \"hello\"\n");
    settings.put("users", List.of(1, 2));
    settings.put("rate", 2.5);
    settings.put("quiet", true);
    settings.put("more", Map.of("nothing", Arrays.asList((Object) null)));

    String text = JsonConfiguration.text(settings);
    assertThat(new ObjectMapper().readTree(text).toString())
        .isEqualTo(
            "{\"test\":\"say \\\"hello\\\"\\n\",\"users\":[1,2],\"rate\":2.5,\"quiet\":true,"
                + "\"more\":{\"nothing\":[null]}}");
    assertThat(text.lines()).hasSizeGreaterThan(5);
  }

  @Test
  void text_ofNothingIsAnObject() {
    assertThat(JsonConfiguration.text(Map.of())).isEqualToIgnoringWhitespace("{}");
  }
}
