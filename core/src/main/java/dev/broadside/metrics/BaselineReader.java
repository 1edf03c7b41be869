package dev.broadside.metrics;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Reads a baseline from JSON. Fields that it does not know are passed over. */
final class BaselineReader {
  private BaselineReader() {}

  static Baseline read(Path file) throws IOException {
    if (Files.isDirectory(file)) throw new IOException(file + " is a folder, and no baseline");
    try (Reader in = Files.newBufferedReader(file);
        JsonParser json = new JsonFactory().createParser(in)) {
      return baseline(JsonPlace.parse(json));
    } catch (JsonProcessingException e) {
      throw fault(file, JsonFault.wordsWithLine(e), e);
    } catch (CharacterCodingException e) {
      throw fault(file, "it is no text in UTF-8", e);
    } catch (JsonPlace.UnexpectedException e) {
      throw fault(file, String.valueOf(e.getMessage()), e);
    }
  }

  private static IOException fault(Path file, String fault, Exception cause) {
    return new IOException(
        file
            + " is no baseline that can be read: "
            + fault
            + "; Baseline.of(result).save(path) writes one",
        cause);
  }

  private static Baseline baseline(JsonPlace document) {
    requireFormat(document);
    List<BaselineRun> runs = document.at("runs").list(BaselineReader::run);
    if (runs.isEmpty()) throw new JsonPlace.UnexpectedException("runs is empty");
    return new Baseline(runs);
  }

  private static void requireFormat(JsonPlace document) {
    if (!document.has("format") || !BaselineWriter.FORMAT.equals(document.at("format").value())) {
      throw new JsonPlace.UnexpectedException(
          "it does not say \"format\": \"" + BaselineWriter.FORMAT + '"');
    }
    int version = document.at("version").number().intValue();
    if (version == BaselineWriter.VERSION) return;
    throw new JsonPlace.UnexpectedException(
        "its version is "
            + version
            + ", and this Broadside reads version "
            + BaselineWriter.VERSION
            + " only");
  }

  private static BaselineRun run(JsonPlace run) {
    return new BaselineRun(
        run.at("started").parsed("a moment", Instant::parse),
        run.at("duration").parsed("a duration", Duration::parse),
        figures(run.at("all")),
        run.at("transactions").map(BaselineReader::figures),
        run.at("timers").map(BaselineReader::figures));
  }

  private static BaselineFigures figures(JsonPlace figures) {
    return new BaselineFigures(
        sliced(figures.at("service")),
        figures.has("response") ? sliced(figures.at("response")) : null);
  }

  private static SlicedLatencies sliced(JsonPlace latencies) {
    List<EncodedLatencies> slices = latencies.at("slices").list(BaselineReader::latencies);
    if (slices.isEmpty() || slices.size() == SlicedQuantile.SLICES) {
      return new SlicedLatencies(latencies(latencies.at("run")), slices);
    }
    throw new JsonPlace.UnexpectedException(
        latencies.path() + ".slices should be ten or none, and are " + slices.size());
  }

  private static EncodedLatencies latencies(JsonPlace latencies) {
    long min = latencies.at("min_ns").number().longValue();
    long max = latencies.at("max_ns").number().longValue();
    double sum = latencies.at("sum_ns").number().doubleValue();
    if (min < 0 || max < min || !(sum >= 0)) {
      throw new JsonPlace.UnexpectedException(
          latencies.path() + " should have 0 <= min_ns <= max_ns and 0 <= sum_ns");
    }
    return latencies
        .at("histogram")
        .parsed("a histogram", base64 -> EncodedLatencies.parse(base64, min, max, sum));
  }
}
