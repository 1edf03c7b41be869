package dev.broadside.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.broadside.metrics.Threshold;
import dev.broadside.users.ArrivalOverflow;
import dev.broadside.users.LoadProfile;
import dev.broadside.users.UserThreads;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadSettingsReaderTest {
  private static LoadSettings read(String method) {
    Faults faults = new Faults();
    LoadSettings settings = LoadSettingsReader.read(annotation(method), Optional.empty(), faults);
    assertThat(faults.isEmpty()).isTrue();
    return settings;
  }

  private static ThrowableAssert.ThrowingCallable reading(String method, Optional<String> order)
      throws Exception {
    LoadTest test = Faulty.class.getDeclaredMethod(method).getAnnotation(LoadTest.class);
    Faults faults = new Faults();
    LoadSettings unused = LoadSettingsReader.read(test, order, faults);
    return () -> faults.throwAny("Shop.buy");
  }

  private static LoadTest annotation(String method) {
    try {
      return Sound.class.getDeclaredMethod(method).getAnnotation(LoadTest.class);
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void users_areAClosedProfile() {
    LoadSettings settings = read("users");
    assertThat(settings.profile())
        .isEqualTo(
            LoadProfile.closed()
                .rampTo(50, Duration.ofSeconds(10))
                .duration(Duration.ofMinutes(1))
                .thinkTime(Duration.ofMillis(100), Duration.ofMillis(300)));
    assertThat(settings.thresholds())
        .containsExactly(Threshold.parse("p(95) < 200ms"), Threshold.parse("errors < 1%"));
    assertThat(settings.grace()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void onlyAnEnd_isOneUser() {
    assertThat(read("oneUser").profile()).isEqualTo(LoadProfile.users(1).iterations(10));
  }

  @Test
  void rate_isAnOpenProfile() {
    assertThat(read("rate").profile())
        .isEqualTo(
            LoadProfile.open()
                .rampTo(500, Duration.ofSeconds(10))
                .duration(Duration.ofMinutes(1))
                .maxUsers(20)
                .overflow(ArrivalOverflow.DROP)
                .poisson(42));
  }

  @Test
  void profile_isMadeByItsClass() {
    assertThat(read("ownProfile").profile()).isEqualTo(new TwoSteps().get());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "noEnd | the load has no end: give it a duration, or iterations",
        "usersAndRate | rate = 10/s makes arrivals, not users: drop users, pacing",
        "noRate | without a rate there are users, not arrivals: drop maxUsers, overflow, poisson",
        "noTime | duration: \"10\" is no time; expected a number and us, ms, s, m or h, as in 10s",
        "emptyThreshold | thresholds: \"\": a metric is expected",
        "badThreshold | thresholds: \"p(95) < 200\": p is a time and needs us, ms, s or m",
        "longRamp | rampUp = 2m does not fit into duration = 1m",
        "zeroDuration | duration = 0s is no time at all",
        "noArrivals | rate = 0/s makes no arrivals",
        "badRate | \"10\" is no rate",
        "negative | users < 0: -1",
        "turnedRange | pacing = 3s, 1s: expected the least time first",
        "unscheduled | thresholds: \"late < 1%\": the load has no schedule; give it a rate or a pacing",
        "pacedAndThoughtful | a load has a pacing or a think time, not both",
        "threeTimes | pacing: more than the least and the most time",
        "profileAndUsers | profile says all of the load: drop users, duration",
        "endlessProfile | Endless makes a load without an end",
        "noBaseline | there is no baseline nowhere/b.json yet; -Dbroadside.baseline=save writes it",
        "brokenBaseline | baseline: pom.xml",
        "badTolerance | tolerance: \"10\" is no share; expected a number and %, as in 10%",
        "folderBaseline | baseline: src is a folder",
        "nullProfile | NoProfile makes no load: its get() gives null",
        "closedProfile | Shut makes no load: it is no class with a constructor without parameters",
        "brokenProfile | Broken makes no load: java.lang.IllegalStateException: no idea",
      })
  void fault_isToldInWords(String method, String fault) throws Exception {
    assertThatThrownBy(reading(method, Optional.empty()))
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessageStartingWith("@LoadTest of Shop.buy: ")
        .hasMessageContaining(fault);
  }

  @Test
  void brokenBaseline_isToldBeforeARunIsSavedToo() throws Exception {
    assertThatThrownBy(reading("brokenBaseline", Optional.of("save")))
        .hasMessageContaining("pom.xml is no baseline that can be read");
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_20)
  void virtualThreads_areAFaultBeforeJava21() throws Exception {
    assertThatThrownBy(reading("virtual", Optional.empty()))
        .hasMessageContaining("threads = VIRTUAL needs Java 21");
  }

  @Test
  void threshold_isNotBlamedForARateThatCannotBeRead() throws Exception {
    assertThatThrownBy(reading("badRateAndLate", Optional.empty()))
        .hasMessageContaining("is no rate")
        .hasMessageNotContaining("schedule");
  }

  @Test
  void faults_areToldTogether() throws Exception {
    assertThatThrownBy(reading("several", Optional.empty()))
        .hasMessageContaining("\"soon\" is no time")
        .hasMessageContaining("thinkTime: \"\" is no time")
        .hasMessageContaining("rate: \"often\" is no rate")
        .hasMessageContaining("tolerance: \"little\" is no share")
        .hasMessageContaining("no end")
        .hasMessageContaining("errors < 0")
        .hasMessageContaining("grace");
  }

  static final class TwoSteps implements Supplier<LoadProfile> {
    @Override
    public LoadProfile get() {
      return LoadProfile.closed()
          .stepTo(2)
          .hold(Duration.ofSeconds(1))
          .stepTo(4)
          .hold(Duration.ofSeconds(1));
    }
  }

  static final class Endless implements Supplier<LoadProfile> {
    @Override
    public LoadProfile get() {
      return LoadProfile.users(2);
    }
  }

  static final class Broken implements Supplier<LoadProfile> {
    @Override
    public LoadProfile get() {
      throw new IllegalStateException("no idea");
    }
  }

  static final class NoProfile implements Supplier<@Nullable LoadProfile> {
    @Override
    public @Nullable LoadProfile get() {
      return null;
    }
  }

  abstract static class Shut implements Supplier<LoadProfile> {
    Shut(int users) {}
  }

  abstract static class Sound {
    @LoadTest(
        users = 50,
        rampUp = "10s",
        duration = "1m",
        thinkTime = {"100ms", "300ms"},
        grace = "2s",
        thresholds = {"p(95) < 200ms", "errors < 1%"})
    abstract void users();

    @LoadTest(iterations = 10)
    abstract void oneUser();

    @LoadTest(
        rate = "500/s",
        rampUp = "10s",
        duration = "1m",
        maxUsers = 20,
        overflow = ArrivalOverflow.DROP,
        poisson = true,
        seed = 42)
    abstract void rate();

    @LoadTest(profile = TwoSteps.class)
    abstract void ownProfile();
  }

  abstract static class Faulty {
    @LoadTest(users = 2)
    abstract void noEnd();

    @LoadTest(users = 2, rate = "10/s", pacing = "1s", duration = "1s")
    abstract void usersAndRate();

    @LoadTest(
        users = 2,
        maxUsers = 2,
        overflow = ArrivalOverflow.DROP,
        poisson = true,
        duration = "1s")
    abstract void noRate();

    @LoadTest(users = 2, duration = "10")
    abstract void noTime();

    @LoadTest(users = 2, duration = "10s", thresholds = "p(95) < 200")
    abstract void badThreshold();

    @LoadTest(users = 2, duration = "10s", thresholds = "")
    abstract void emptyThreshold();

    @LoadTest(users = 2, rampUp = "2m", duration = "1m")
    abstract void longRamp();

    @LoadTest(users = 2, duration = "0s")
    abstract void zeroDuration();

    @LoadTest(rate = "0/s", duration = "1s")
    abstract void noArrivals();

    @LoadTest(rate = "10", duration = "1s")
    abstract void badRate();

    @LoadTest(rate = "10", duration = "1s", thresholds = "late < 1%")
    abstract void badRateAndLate();

    @LoadTest(users = -1, duration = "1s")
    abstract void negative();

    @LoadTest(
        pacing = {"3s", "1s"},
        duration = "1s")
    abstract void turnedRange();

    @LoadTest(
        users = 3,
        duration = "1s",
        thresholds = {"errors < 1%", "late < 1%"})
    abstract void unscheduled();

    @LoadTest(pacing = "1s", thinkTime = "1s", duration = "1s")
    abstract void pacedAndThoughtful();

    @LoadTest(
        pacing = {"1s", "2s", "3s"},
        duration = "1s")
    abstract void threeTimes();

    @LoadTest(profile = TwoSteps.class, users = 2, duration = "1s")
    abstract void profileAndUsers();

    @LoadTest(profile = Endless.class)
    abstract void endlessProfile();

    @LoadTest(profile = Broken.class)
    abstract void brokenProfile();

    @LoadTest(iterations = 1, threads = UserThreads.VIRTUAL)
    abstract void virtual();

    @LoadTest(profile = NoProfile.class)
    abstract void nullProfile();

    @LoadTest(profile = Shut.class)
    abstract void closedProfile();

    @LoadTest(iterations = 1, baseline = "src")
    abstract void folderBaseline();

    @LoadTest(iterations = 1, baseline = "nowhere/b.json")
    abstract void noBaseline();

    @LoadTest(iterations = 1, baseline = "pom.xml")
    abstract void brokenBaseline();

    @LoadTest(iterations = 1, baseline = "nowhere/b.json", tolerance = "10")
    abstract void badTolerance();

    @LoadTest(
        rampUp = "soon",
        grace = "later",
        rate = "often",
        thinkTime = "",
        tolerance = "little",
        thresholds = "errors < 0")
    abstract void several();
  }
}
