package dev.broadside.users;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.metrics.Punctuality;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArrivalLineTest {
  private static final long MS = 1_000_000;
  private static final OpenProfile TEN_MS_APART = LoadProfile.rate(100).hold(ofSeconds(1));

  private static ArrivalLine line(int places, ArrivalOverflow overflow) {
    return new ArrivalLine(new Arrivals(TEN_MS_APART, 0), places, overflow, 0);
  }

  private static Start onTime(long millis) {
    return new Start(millis * MS, Punctuality.ON_TIME);
  }

  private static Start late(long millis) {
    return new Start(millis * MS, Punctuality.LATE);
  }

  private static List<Start> granted(ArrivalLine line) {
    List<Start> starts = new ArrayList<>();
    for (Start start = line.poll(); start != null; start = line.poll()) starts.add(start);
    return starts;
  }

  @Test
  void settle_givesPlacesToThoseWhoCame() {
    ArrivalLine line = line(5, ArrivalOverflow.LATE);
    line.settle(25 * MS);
    assertThat(line.granted()).isEqualTo(3);
    assertThat(granted(line)).containsExactly(onTime(0), onTime(10), onTime(20));
    assertThat(line.next()).isEqualTo(30 * MS);
    assertThat(line.isEverLate()).isFalse();
  }

  @Test
  void free_letsThoseWhoWaitComeOneAfterTheOther() {
    ArrivalLine line = line(1, ArrivalOverflow.LATE);
    line.settle(0);
    assertThat(granted(line)).containsExactly(onTime(0));
    line.free(35 * MS); // those of 10, 20 and 30 ms wait
    assertThat(line.isEverLate()).isTrue();
    assertThat(granted(line)).containsExactly(late(10));
    line.free(36 * MS);
    line.free(37 * MS);
    assertThat(granted(line)).containsExactly(late(20), late(30));
    line.free(38 * MS);
    line.settle(40 * MS);
    assertThat(granted(line)).containsExactly(onTime(40));
  }

  @Test
  void free_settlesWhatCameBeforeWhenThereWasAPlace() {
    ArrivalLine line = line(2, ArrivalOverflow.LATE);
    line.settle(0);
    line.free(15 * MS); // nobody was told of the one of 10 ms, for which the second place was free
    assertThat(granted(line)).containsExactly(onTime(0), onTime(10));
    assertThat(line.isEverLate()).isFalse();
  }

  @Test
  void drop_countsThoseWhoFindNoPlace() {
    ArrivalLine line = line(1, ArrivalOverflow.DROP);
    line.settle(0);
    line.free(35 * MS);
    assertThat(line.takeDropped()).isEqualTo(3);
    assertThat(line.takeDropped()).isZero();
    line.settle(40 * MS);
    assertThat(granted(line)).containsExactly(onTime(0), onTime(40));
  }

  @Test
  void leave_tellsWhoWaitedAndForHowLong() {
    ArrivalLine line = line(2, ArrivalOverflow.LATE);
    line.close(95 * MS);
    assertThat(line.poll()).isEqualTo(onTime(0));
    line.free(96 * MS); // too late for those who wait
    assertThat(line.leave()).isEqualTo(new ArrivalLine.Unstarted(9, ofMillis(85)));
    assertThat(line.poll()).isNull();
  }

  @Test
  void isServed_onceAllIterationsAreDone() {
    Arrivals two = new Arrivals(LoadProfile.rate(100).iterations(2), 0);
    ArrivalLine line = new ArrivalLine(two, 5, ArrivalOverflow.LATE, 0);
    line.settle(20 * MS);
    line.free(21 * MS);
    assertThat(line.isServed()).isFalse();
    line.free(22 * MS);
    assertThat(line.isServed()).isTrue();
  }

  @Test
  void next_countsFromTheOrigin() {
    Arrivals endless = new Arrivals(LoadProfile.rate(100), 0);
    ArrivalLine line = new ArrivalLine(endless, 1, ArrivalOverflow.LATE, 7 * MS);
    assertThat(line.next()).isEqualTo(7 * MS);
    assertThat(line.end()).isEqualTo(Arrivals.NONE);
  }

  /** A place that was taken. */
  private static final class Stay {
    final Start start;
    final long from;
    long until = Long.MAX_VALUE;

    Stay(Start start, long from) {
      this.start = start;
      this.from = from;
    }

    boolean covers(long nanos) {
      return from < nanos && nanos <= until;
    }
  }

  /** Told of arrivals only now and then, as by a dispatcher that is tardy. */
  @ParameterizedTest
  @EnumSource(ArrivalOverflow.class)
  void anyRun_isLateOnlyWhereAllPlacesWereTaken(ArrivalOverflow overflow) {
    long others = 0;
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      int places = 1 + random.nextInt(8);
      OpenProfile profile =
          LoadProfile.rate(20 + random.nextInt(400)).hold(ofMillis(900)).poisson(seed);
      ArrivalLine line = new ArrivalLine(new Arrivals(profile, seed), places, overflow, 0);
      List<Stay> stays = stays(line, random);
      long dropped = line.takeDropped();
      long unstarted = line.leave().count();
      List<Long> all = arrivals(profile, seed);
      assertThat(stays.size() + dropped + unstarted).as("seed %s", seed).isEqualTo(all.size());
      assertThat(stays).extracting(stay -> stay.start.intendedNanos()).isSorted();
      assertThat(stays)
          .filteredOn(stay -> isOnTime(stay.start))
          .extracting(stay -> stay.start)
          .extracting(Start::intendedNanos)
          .as("seed %s, %s places", seed, places)
          .containsExactlyElementsOf(whoFoundAPlace(all, stays, places));
      others += all.size() - stays.size();
    }
    assertThat(others).isPositive();
  }

  private static List<Stay> stays(ArrivalLine line, Random random) {
    List<Stay> stays = new ArrayList<>();
    PriorityQueue<Stay> open = new PriorityQueue<>(Comparator.comparingLong(stay -> stay.until));
    for (long now = 0; now < 900 * MS; ) {
      long look = Math.min(900 * MS, now + 1 + (long) (random.nextDouble() * 30 * MS));
      Stay first = open.peek();
      boolean frees = first != null && first.until <= look;
      now = frees && first != null ? first.until : look;
      if (frees) {
        open.remove();
        line.free(now);
      } else {
        line.settle(now);
      }
      for (Start start : granted(line)) {
        Stay stay = new Stay(start, isOnTime(start) ? start.intendedNanos() : now);
        stay.until = now + 1 + (long) (random.nextDouble() * 40 * MS);
        stays.add(stay);
        open.add(stay);
      }
    }
    line.close(900 * MS);
    return stays;
  }

  private static boolean isOnTime(Start start) {
    return start.punctuality() == Punctuality.ON_TIME;
  }

  private static List<Long> arrivals(OpenProfile profile, long seed) {
    List<Long> times = new ArrayList<>();
    Arrivals arrivals = new Arrivals(profile, seed);
    for (; arrivals.next() != Arrivals.NONE; arrivals.advance()) times.add(arrivals.next());
    return times;
  }

  private static List<Long> whoFoundAPlace(List<Long> all, List<Stay> stays, int places) {
    return all.stream()
        .filter(time -> stays.stream().filter(stay -> stay.covers(time)).count() < places)
        .toList();
  }
}
