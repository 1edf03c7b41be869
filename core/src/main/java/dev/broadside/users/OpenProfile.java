package dev.broadside.users;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
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
  static final OpenProfile NONE =
      new OpenProfile(
          List.of(),
          null,
          OptionalLong.empty(),
          OptionalInt.empty(),
          ArrivalOverflow.LATE,
          false,
          false,
          OptionalLong.empty());

  private final List<Stage> stages;
  private final @Nullable Duration duration;
  private final OptionalLong maxIterations;
  private final OptionalInt maxUsers;
  private final ArrivalOverflow overflow;
  private final boolean poisson;
  private final boolean precise;
  private final OptionalLong seed;

  private OpenProfile(
      List<Stage> stages,
      @Nullable Duration duration,
      OptionalLong maxIterations,
      OptionalInt maxUsers,
      ArrivalOverflow overflow,
      boolean poisson,
      boolean precise,
      OptionalLong seed) {
    this.stages = stages;
    this.duration = duration;
    this.maxIterations = maxIterations;
    this.maxUsers = maxUsers;
    this.overflow = overflow;
    this.poisson = poisson;
    this.precise = precise;
    this.seed = seed;
  }

  private OpenProfile with(List<Stage> stages) {
    return new OpenProfile(
        stages, duration, maxIterations, maxUsers, overflow, poisson, precise, seed);
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
    return new OpenProfile(
        stages, duration, maxIterations, maxUsers, overflow, true, precise, seed);
  }

  /** The same with draws that can be repeated. */
  public OpenProfile poisson(long seed) {
    return new OpenProfile(
        stages, duration, maxIterations, maxUsers, overflow, true, precise, OptionalLong.of(seed));
  }

  /** How many users there may be at once. Default 10,000 on virtual threads, 1,000 on others. */
  public OpenProfile maxUsers(int maxUsers) {
    if (maxUsers < 1) throw new IllegalArgumentException("maxUsers < 1: " + maxUsers);
    return new OpenProfile(
        stages,
        duration,
        maxIterations,
        OptionalInt.of(maxUsers),
        overflow,
        poisson,
        precise,
        seed);
  }

  /** What becomes of an arrival that finds all users busy. Default {@link ArrivalOverflow#LATE}. */
  public OpenProfile overflow(ArrivalOverflow overflow) {
    Objects.requireNonNull(overflow, "overflow");
    return new OpenProfile(
        stages, duration, maxIterations, maxUsers, overflow, poisson, precise, seed);
  }

  /** Spends a fifth of a processor on starts that are exact to some hundredths of a millisecond. */
  public OpenProfile precise() {
    return new OpenProfile(
        stages, duration, maxIterations, maxUsers, overflow, poisson, true, seed);
  }

  /** Ends the run after so long, whatever the stages say; the last rate is held until then. */
  public OpenProfile duration(Duration duration) {
    return new OpenProfile(
        stages,
        ClosedProfile.positive(duration),
        maxIterations,
        maxUsers,
        overflow,
        poisson,
        precise,
        seed);
  }

  /** Ends the run after so many arrivals. */
  public OpenProfile iterations(long iterations) {
    return new OpenProfile(
        stages,
        duration,
        ClosedProfile.positive(iterations),
        maxUsers,
        overflow,
        poisson,
        precise,
        seed);
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
}
