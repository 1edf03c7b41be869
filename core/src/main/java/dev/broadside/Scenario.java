package dev.broadside;

import dev.broadside.users.LoadProfile;
import dev.broadside.users.Transaction;
import dev.broadside.users.UserContext;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One kind of user: what it does, and under which profile. Scenarios run {@linkplain
 * Broadside#of(Scenario...) side by side}. Arrivals that are dropped or never start are counted
 * under the label of a scenario that does one thing, without any tag, and else among all only.
 * Immutable: every method gives another one.
 */
public abstract sealed class Scenario permits SingleScenario, Mix {
  private final @Nullable String name;
  private final @Nullable LoadProfile profile;

  Scenario(@Nullable String name, @Nullable LoadProfile profile) {
    this.name = name;
    this.profile = profile;
  }

  /** Users that do one thing; each has an instance of its own. */
  public static Scenario of(Supplier<? extends Transaction> transaction) {
    return of(supplied(transaction));
  }

  /** The same, made by what knows its user. */
  public static Scenario of(Function<? super UserContext, ? extends Transaction> transaction) {
    return new SingleScenario(Objects.requireNonNull(transaction, "transaction"), null, null);
  }

  /** Users that do one of several things each time, by their weights; {@code add} them. */
  public static Mix mix() {
    return Mix.NONE;
  }

  /**
   * What it is called: the users' group, and the label of a scenario that does one thing. Without
   * it the group is called as the run, with a number where there are several scenarios, and the
   * label is the class of the transaction, or the name of the group where that is a lambda.
   */
  public abstract Scenario name(String name);

  /** Its load. Without one it is that of the run. */
  public abstract Scenario profile(LoadProfile profile);

  /**
   * What makes the transactions of one run's users.
   *
   * @param fallback the label of those that have none of their own
   * @param seeds takes what random draws begin with
   */
  abstract Function<UserContext, Transaction> factory(String fallback, Map<String, Long> seeds);

  /** Whether all results have one label, but for tags. */
  abstract boolean isSingle();

  @Nullable String name() {
    return name;
  }

  @Nullable LoadProfile profile() {
    return profile;
  }

  void check() {}

  static Function<UserContext, Transaction> supplied(Supplier<? extends Transaction> transaction) {
    Objects.requireNonNull(transaction, "transaction");
    return user -> transaction.get();
  }

  static void check(List<Scenario> scenarios) {
    if (scenarios.isEmpty()) throw new IllegalArgumentException("there is no scenario to run");
    Set<String> names = new HashSet<>();
    for (Scenario scenario : scenarios) {
      scenario.check();
      if (scenario.name == null || names.add(scenario.name)) continue;
      throw new IllegalArgumentException("two scenarios are called \"" + scenario.name + '"');
    }
  }

  static String checkName(String name) {
    if (name.isBlank()) throw new IllegalArgumentException("name is blank");
    return name;
  }

  /** One in which nobody would ever do anything is a mistake. */
  static LoadProfile checkProfile(LoadProfile profile) {
    if (profile.isAboveZero()) return profile;
    throw new IllegalArgumentException(
        "the profile never goes above zero; add a stage, as in stepTo(10)");
  }
}
