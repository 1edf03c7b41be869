package dev.broadside;

import dev.broadside.users.LoadProfile;
import dev.broadside.users.Transaction;
import dev.broadside.users.UserContext;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Users that do one thing. */
final class SingleScenario extends Scenario {
  private final Function<? super UserContext, ? extends Transaction> maker;

  SingleScenario(
      Function<? super UserContext, ? extends Transaction> maker,
      @Nullable String name,
      @Nullable LoadProfile profile) {
    super(name, profile);
    this.maker = maker;
  }

  @Override
  public Scenario name(String name) {
    return new SingleScenario(maker, checkName(name), profile());
  }

  @Override
  public Scenario profile(LoadProfile profile) {
    return new SingleScenario(maker, name(), checkProfile(profile));
  }

  @Override
  Function<UserContext, Transaction> factory(String fallback, Map<String, Long> seeds) {
    return user -> LabeledTransaction.of(maker.apply(user), name(), fallback);
  }

  @Override
  boolean isSingle() {
    return true;
  }
}
