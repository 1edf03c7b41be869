package dev.broadside.users.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.broadside.metrics.JsonFault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file, each a JSON value, which is read when it is drawn. Empty lines are left out.
 */
record JsonRecords<T>(Path file, ObjectReader json) implements Records<T> {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  static JsonRecords<Map<String, @Nullable Object>> ofMaps(Path file) {
    JavaType maps =
        MAPPER.getTypeFactory().constructMapType(LinkedHashMap.class, String.class, Object.class);
    return new JsonRecords<>(file, MAPPER.readerFor(maps));
  }

  static <T> JsonRecords<T> of(Path file, Class<T> type) {
    return new JsonRecords<>(file, MAPPER.readerFor(type));
  }

  @Override
  public Reader<T> open() throws IOException {
    LineReader lines = LineReader.of(file);
    return new Reader<>() {
      @Override
      public @Nullable Supplier<T> next() throws IOException {
        Line line = lines.next();
        while (line != null && line.text().isBlank()) line = lines.next();
        Line read = line;
        return read == null ? null : () -> parse(read);
      }

      @Override
      public void close() throws IOException {
        lines.close();
      }
    };
  }

  private T parse(Line line) {
    if (line.brokenAt() > 0) throw fault(line, line.brokenAt(), "expected UTF-8");
    try {
      T value = json.readValue(line.text());
      if (value == null) throw fault(line, 1, "expected " + expected() + ", not null");
      return value;
    } catch (JsonProcessingException e) {
      int column = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getColumnNr());
      throw fault(line, column, "expected " + expected() + ": " + JsonFault.words(e));
    }
  }

  private String expected() {
    Class<?> type = json.getValueType().getRawClass();
    return type == LinkedHashMap.class ? "a JSON object" : "JSON of a " + type.getSimpleName();
  }

  private FeedException fault(Line line, int column, String what) {
    return FeedException.at(file.toString(), line.number(), column, what);
  }
}
