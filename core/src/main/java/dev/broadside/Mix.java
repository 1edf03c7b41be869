package dev.broadside;

import dev.broadside.users.LoadProfile;
import dev.broadside.users.Transaction;
import dev.broadside.users.UserContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Scenario} whose users do one of several things each time, drawn by their weights:
 *
 * <pre>{@code
 * Scenario.mix().add(70, Browse::new).add(30, Checkout::new).seed(42)
 * }</pre>
 *
 * <p>Each user has an instance of each, made when it first draws it. What it draws depends on the
 * seed and its number alone, so a run with the same seed lets each user do the same things in the
 * same order. Each has its own label; arrivals that are dropped or never start were not drawn yet,
 * and are counted among all only. Immutable: every method gives another one.
 */
public final class Mix extends Scenario {
  static final Mix NONE = new Mix(List.of(), OptionalLong.empty(), null, null);

  private static final String SEED = "mix";

  private final List<Part> parts;
  private final OptionalLong seed;

  /** One thing that is done. */
  record Part(
      double weight,
      @Nullable String label,
      Function<? super UserContext, ? extends Transaction> maker) {}

  private Mix(
      List<Part> parts, OptionalLong seed, @Nullable String name, @Nullable LoadProfile profile) {
    super(name, profile);
    this.parts = parts;
    this.seed = seed;
  }

  /**
   * Adds what is done in so many of all cases.
   *
   * @param weight any number above zero; the weights need not add up to anything
   */
  public Mix add(double weight, Supplier<? extends Transaction> transaction) {
    return add(weight, null, supplied(transaction));
  }

  /** The same, made by what knows its user. */
  public Mix add(double weight, Function<? super UserContext, ? extends Transaction> transaction) {
    return add(weight, null, transaction);
  }

  /** The same with a label; lambdas need one to be told apart. */
  public Mix add(double weight, String label, Supplier<? extends Transaction> transaction) {
    return add(weight, checkName(label), supplied(transaction));
  }

  private Mix add(
      double weight,
      @Nullable String label,
      Function<? super UserContext, ? extends Transaction> maker) {
    if (!(weight > 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException("weight: " + weight + "; expected more than 0");
    }
    List<Part> more = new ArrayList<>(parts);
    more.add(new Part(weight, label, Objects.requireNonNull(maker, "transaction")));
    return new Mix(List.copyOf(more), seed, name(), profile());
  }

  /** What the draws begin with. Default another one for each run, which its result tells. */
  public Mix seed(long seed) {
    return new Mix(parts, OptionalLong.of(seed), name(), profile());
  }

  @Override
  public Mix name(String name) {
    return new Mix(parts, seed, checkName(name), profile());
  }

  @Override
  public Mix profile(LoadProfile profile) {
    return new Mix(parts, seed, name(), checkProfile(profile));
  }

  @Override
  Function<UserContext, Transaction> factory(String fallback, Map<String, Long> seeds) {
    long drawn = seed.orElseGet(() -> RandomGenerator.getDefault().nextLong());
    seeds.put(SEED, drawn);
    return user -> new MixedTransaction(parts, user, fallback, drawn);
  }

  @Override
  boolean isSingle() {
    return false;
  }

  @Override
  void check() {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException(
          "the mix is empty; add what it consists of, as in .add(70, Browse::new)");
    }
  }
}
