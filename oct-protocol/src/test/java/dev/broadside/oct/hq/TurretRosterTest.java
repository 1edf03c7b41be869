package dev.broadside.oct.hq;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.oct.protocol.TurretStatus;
import dev.broadside.oct.results.CannonRamp;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurretRosterTest {
  private final ManualClock time = new ManualClock();
  private final TurretRoster roster = new TurretRoster(3);

  private boolean says(String uuid, String word) {
    TurretStatus status = new TurretStatus("navigation", word, uuid, 2.5, "v_user.py", 4);
    return roster.update(status, time.now(), time.clock().instant()) != null;
  }

  private TurretInfo only() {
    assertThat(roster.turrets(time.now())).hasSize(1);
    return roster.turrets(time.now()).get(0);
  }

  @Test
  void turrets_tellWhatTheyReported() {
    says("U-1", "ready");
    time.advance(ofSeconds(2));
    says("U-1", "Running");

    assertThat(only())
        .isEqualTo(
            new TurretInfo(
                "navigation",
                "U-1",
                "Running",
                4,
                ofMillis(2500),
                "v_user.py",
                ManualClock.EPOCH.plusSeconds(2),
                false));
  }

  @Test
  void ready_countsDistinctUuidsInAnyCase() {
    says("U-1", "ready");
    says("U-1", "READY");
    says("U-2", "Ready");
    says("U-3", "Running");

    assertThat(roster.ready(time.now())).isEqualTo(2);
  }

  @Test
  void ready_forgetsThoseNotHeardOfForFiveSeconds() {
    says("U-1", "ready");
    time.advance(ofSeconds(5));
    assertThat(roster.ready(time.now())).isEqualTo(1);
    time.advance(ofMillis(1));
    assertThat(roster.ready(time.now())).isZero();
  }

  @Test
  void silent_isWhoLeavesRequestsWithoutAnswerForFifteenSeconds() {
    says("U-1", "Running");
    time.advance(ofSeconds(100)); // nobody asked
    assertThat(only().silent()).isFalse();

    roster.asked(time.now());
    time.advance(ofSeconds(10));
    roster.asked(time.now());
    time.advance(ofSeconds(5));
    assertThat(only().silent()).isTrue();

    says("U-1", "Running");
    assertThat(only().silent()).isFalse();
  }

  @Test
  void silent_isNotWhoSaidThatItIsGone() {
    says("U-1", "Killed");
    roster.asked(time.now());
    time.advance(ofSeconds(20));
    assertThat(only().silent()).isFalse();
  }

  @Test
  void areBack_onceThoseThatFiredAreReadyAgain() {
    says("U-1", "ready");
    says("U-2", "ready");
    roster.beginRun(time.now());
    says("U-1", "Running");
    time.advance(ofSeconds(10));
    long stop = time.now();
    assertThat(roster.areBack(stop, time.now())).isFalse();

    time.advance(ofMillis(5));
    says("U-1", "ready");
    assertThat(roster.areBack(stop, time.now())).isFalse();
    says("U-2", "ready");
    assertThat(roster.areBack(stop, time.now())).isTrue();
  }

  @Test
  void areBack_neverMindsThoseThatAreGoneOrSilentOrTookNoPart() {
    says("U-1", "ready");
    says("U-2", "ready");
    roster.beginRun(time.now());
    roster.asked(time.now());
    time.advance(ofSeconds(15));
    says("U-1", "aborted");
    says("U-3", "warming up");

    assertThat(roster.areBack(time.now(), time.now())).isTrue(); // U-2 is silent
  }

  @Test
  void areBack_waitsForTurretsThatCameLate() {
    roster.beginRun(time.now());
    says("U-1", "ready");
    says("U-1", "Running");

    assertThat(roster.areBack(time.now(), time.now())).isFalse();
  }

  @Test
  void ramps_beginWithTheStartThatATurretObeyed() {
    says("U-1", "ready");
    says("U-2", "warming up");
    roster.beginRun(time.now());
    assertThat(roster.started("", time.now())).containsExactly("navigation");
    time.advance(ofSeconds(5));
    says("U-2", "ready");
    assertThat(roster.started("U-3", time.now())).isEmpty();
    assertThat(roster.started("U-2", time.now())).containsExactly("navigation");

    assertThat(roster.ramps(time.now()))
        .containsExactly(
            new CannonRamp(4, 2_500_000_000L, 0, CannonRamp.OPEN),
            new CannonRamp(4, 2_500_000_000L, 5_000_000_000L, CannonRamp.OPEN));
    roster.beginRun(time.now());
    assertThat(roster.ramps(time.now())).isEmpty();
  }

  @Test
  void ramps_endWhenATurretEndsItsRun() {
    for (String uuid : List.of("U-1", "U-2", "U-3")) says(uuid, "ready");
    roster.beginRun(time.now());
    roster.started("", time.now());
    time.advance(ofSeconds(1));
    says("U-1", "Aborted");
    says("U-2", "ready"); // its answer to a request has crossed the start
    says("U-3", "Running");
    time.advance(ofSeconds(1));
    says("U-3", "ready");

    assertThat(roster.ramps(time.now()))
        .extracting(CannonRamp::endNanos)
        .containsExactly(1_000_000_000L, CannonRamp.OPEN, 2_000_000_000L);
  }

  @Test
  void ramps_endWhenATurretFallsSilentUntilItSpeaksAgain() {
    says("U-1", "ready");
    roster.beginRun(time.now());
    roster.started("", time.now());
    says("U-1", "Running");
    roster.asked(time.now());
    time.advance(ofSeconds(20));
    assertThat(roster.ramps(time.now()).get(0).endNanos()).isEqualTo(15_000_000_000L);
    says("U-1", "Running");
    assertThat(roster.ramps(time.now()).get(0).endNanos()).isEqualTo(CannonRamp.OPEN);
  }

  @Test
  void update_listsNoMoreThanTheLimit() {
    for (int i = 0; i < 3; i++) assertThat(says("U-" + i, "ready")).isTrue();
    assertThat(says("U-3", "ready")).isFalse();
    assertThat(says("U-0", "ready")).as("a known one").isTrue();
    assertThat(roster.turrets(time.now())).hasSize(3);
  }

  @Test
  void update_makesRoomInPlaceOfTheOneNotHeardOfForLongest() {
    says("U-0", "ready");
    time.advance(Duration.ofSeconds(1));
    says("U-1", "ready");
    says("U-2", "ready");
    time.advance(Duration.ofSeconds(5));

    assertThat(says("U-3", "ready")).isTrue();
    assertThat(roster.turrets(time.now()))
        .extracting(TurretInfo::uuid)
        .containsExactly("U-1", "U-2", "U-3");
  }

  @Test
  void update_keepsLongTextsShort() {
    String megabyte = "x".repeat(1_000_000);
    roster.update(
        new TurretStatus(megabyte, megabyte, megabyte, 1e300, megabyte, -1),
        time.now(),
        time.clock().instant());

    assertThat(only().name()).hasSize(255);
    assertThat(only().uuid()).hasSize(255);
    assertThat(only().script()).hasSize(255);
    assertThat(only().rampUp()).isEqualTo(ofSeconds(9_000_000_000L));
  }

  @Test
  void describe_saysWhoIsReadyAndWhyTheOthersAreNot() {
    says("U-1", "ready");
    says("U-2", "\u001b[2JRunning");
    assertThat(roster.describe(true, time.now())).containsExactly("navigation U-1");
    assertThat(roster.describe(false, time.now())).containsExactly("navigation U-2 (?[2JRunning)");

    time.advance(ofSeconds(12));
    assertThat(roster.describe(false, time.now()))
        .first()
        .isEqualTo("navigation U-1 (ready, last heard of 12 s ago)");
  }
}
