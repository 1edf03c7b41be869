package dev.broadside.junit;

import java.time.Duration;
import java.util.List;

/**
 * The times and the rate of a {@link LoadTest}, which are written as text.
 *
 * @param rampUp zero where nothing is said
 * @param duration the same
 * @param pacing the least and the most; empty where nothing is said
 * @param thinkTime the same
 * @param rate arrivals in a second; zero where nothing is said
 */
record TextSettings(
    Duration rampUp,
    Duration duration,
    List<Duration> pacing,
    List<Duration> thinkTime,
    double rate) {
  TextSettings {
    pacing = List.copyOf(pacing);
    thinkTime = List.copyOf(thinkTime);
  }

  static TextSettings of(LoadTest test, Faults faults) {
    return new TextSettings(
        faults.time("rampUp", test.rampUp()),
        faults.timeAboveZero("duration", test.duration()),
        faults.range("pacing", test.pacing()),
        faults.range("thinkTime", test.thinkTime()),
        faults.rate("rate", test.rate()));
  }
}
