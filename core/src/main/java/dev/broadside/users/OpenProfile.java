package dev.broadside.users;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A {@link LoadProfile} of arrivals, which come whether or not the server is ready for them:
 * arrival k, counted from 0, at the moment when the integral of the rate reaches k. Each is served
 * by a user that is free, or by a new one, up to a bound. Made by {@link LoadProfile#rate} and
 * {@link LoadProfile#open}.
 *
 * <p>Some users are made before they are needed, with their transactions, and the dispatcher tries
 * its code for 50 ms; the first arrival comes when both is done. That takes a tenth of a second,
 * some tenths where a JVM does it for the first time, and where a constructor takes long a second
 * more at most. The times of the stages count from then.
 */
public final class OpenProfile implements LoadProfile {
  static final OpenProfile NONE = new OpenProfile();

  private List<Stage> stages = List.of();
  private @Nullable Duration duration;
  private OptionalLong maxIterations = OptionalLong.empty();
  private OptionalInt maxUsers = OptionalInt.empty();
  private ArrivalOverflow overflow = ArrivalOverflow.LATE;
  private boolean poisson;
  private boolean precise;
  private OptionalLong seed = OptionalLong.empty();

  private OpenProfile() {}

  private OpenProfile with(Consumer<OpenProfile> change) {
    OpenProfile changed = new OpenProfile();
    changed.stages = stages;
    changed.duration = duration;
    changed.maxIterations = maxIterations;
    changed.maxUsers = maxUsers;
    changed.overflow = overflow;
    changed.poisson = poisson;
    changed.precise = precise;
    changed.seed = seed;
    change.accept(changed);
    return changed;
  }

  private OpenProfile with(List<Stage> stages) {
    if (stages.stream().anyMatch(stage -> stage.level() > LoadUnits.MAX_RATE)) {
      throw new IllegalArgumentException("rate > 1e9/s; nothing serves more");
    }
    return with(changed -> changed.stages = stages);
  }

  /** Goes to so many arrivals in a second, evenly over this time. */
  public OpenProfile rampTo(double perSecond, Duration time) {
    return with(Stages.with(stages, new Stage(perSecond, time, null)));
  }

  /** Goes to so many arrivals in a second at once. */
  public OpenProfile stepTo(double perSecond) {
    return rampTo(perSecond, Duration.ZERO);
  }

  /** Stays there for this time. */
  public OpenProfile hold(Duration time) {
    return with(Stages.held(stages, time));
  }

  /** So many arrivals in a second for this time, then at once as many as before. */
  public OpenProfile spike(double perSecond, Duration time) {
    return with(Stages.spiked(stages, perSecond, time));
  }

  /** Arrivals come at random, independent of each other, at this rate on average. */
  public OpenProfile poisson() {
    return with(changed -> changed.poisson = true);
  }

  /** The same with draws that can be repeated. */
  public OpenProfile poisson(long seed) {
    return poisson().with(changed -> changed.seed = OptionalLong.of(seed));
  }

  /** How many users there may be at once. Default 10,000 on virtual threads, 1,000 on others. */
  public OpenProfile maxUsers(int maxUsers) {
    if (maxUsers < 1) throw new IllegalArgumentException("maxUsers < 1: " + maxUsers);
    return with(changed -> changed.maxUsers = OptionalInt.of(maxUsers));
  }

  /** What becomes of an arrival that finds all users busy. Default {@link ArrivalOverflow#LATE}. */
  public OpenProfile overflow(ArrivalOverflow overflow) {
    Objects.requireNonNull(overflow, "overflow");
    return with(changed -> changed.overflow = overflow);
  }

  /** Spends a fifth of a processor on starts that are exact to some hundredths of a millisecond. */
  public OpenProfile precise() {
    return with(changed -> changed.precise = true);
  }

  /** Ends the run after so long, whatever the stages say; the last rate is held until then. */
  public OpenProfile duration(Duration duration) {
    Duration checked = Stages.positive(duration);
    return with(changed -> changed.duration = checked);
  }

  /** Ends the run after so many arrivals. */
  public OpenProfile iterations(long iterations) {
    OptionalLong checked = Stages.positive(iterations);
    return with(changed -> changed.maxIterations = checked);
  }

  @Override
  public List<Stage> stages() {
    return stages;
  }

  @Override
  public @Nullable Duration length() {
    return duration != null ? duration : Stages.length(stages);
  }

  @Override
  public boolean hasSchedule() {
    return true;
  }

  @Override
  public OptionalLong maxIterations() {
    return maxIterations;
  }

  @Override
  public OptionalLong seed() {
    return seed;
  }

  /** How many users there may be at once; empty if the kind of thread decides. */
  public OptionalInt maxUsers() {
    return maxUsers;
  }

  /** What becomes of an arrival that finds all users busy. */
  public ArrivalOverflow overflow() {
    return overflow;
  }

  /** Whether arrivals come at random. */
  public boolean isPoisson() {
    return poisson;
  }

  /** Whether starts are waited for with a short spin. */
  public boolean isPrecise() {
    return precise;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OpenProfile that && parts().equals(that.parts());
  }

  @Override
  public int hashCode() {
    return parts().hashCode();
  }

  private List<Object> parts() {
    return List.of(
        stages,
        Objects.requireNonNullElse(duration, Duration.ZERO),
        maxIterations,
        maxUsers,
        overflow,
        poisson,
        precise,
        seed);
  }

  @Override
  public String toString() {
    StringJoiner text = new StringJoiner("; ").add(Stages.text(stages, rate -> "/s"));
    if (poisson) text.add("poisson");
    maxUsers.ifPresent(users -> text.add("at most " + users + " users"));
    if (overflow != ArrivalOverflow.LATE) text.add("overflow " + overflow);
    if (precise) text.add("precise");
    Stages.addEnd(text, duration, maxIterations);
    seed.ifPresent(first -> text.add("seed " + first));
    return text.toString();
  }
}
