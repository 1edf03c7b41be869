package dev.broadside.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.broadside.metrics.Measurement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What lasts longer than an iteration, and what an iteration tells of itself. */
@Timeout(60)
class UserScopeTest {
  private final Queue<Measurement> results = new ConcurrentLinkedQueue<>();
  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

  private UserPool.Builder pool(int users, Function<UserContext, Transaction> factory) {
    return UserPool.builder(factory, results::add)
        .profile(LoadProfile.users(users).iterationsPerUser(5));
  }

  private void iterate(int users, Transaction transaction) {
    pool(users, user -> transaction).build().run();
  }

  private static <K, V> Collection<V> valuesOf(Map<K, V> map) {
    return map.values();
  }

  /** Notes its end. */
  private class Held implements AutoCloseable {
    private final String name;

    Held(String name) {
      this.name = name;
    }

    @Override
    public void close() {
      calls.add(name + " closed");
    }
  }

  private final class Cart extends Held {
    Cart() {
      super("cart");
    }
  }

  private final class Client extends Held {
    Client() {
      super("client");
    }
  }

  @Test
  void perUser_isOneForAllIterationsOfAUser() {
    Map<Integer, Set<Cart>> carts = new ConcurrentHashMap<>();
    iterate(
        3,
        context ->
            carts
                .computeIfAbsent(context.userNumber(), user -> ConcurrentHashMap.newKeySet())
                .add(context.perUser(Cart.class, Cart::new)));
    assertThat(carts).hasSize(3);
    assertThat(valuesOf(carts))
        .allSatisfy(own -> assertThat(own).hasSize(1))
        .doesNotHaveDuplicates();
    assertThat(calls).containsExactly("cart closed", "cart closed", "cart closed");
  }

  @Test
  void perUser_isClosedAfterTheTransactionTheLastOneFirst() {
    final class Shopping extends Held implements Transaction {
      Shopping() {
        super("transaction");
      }

      @Override
      public void run(TransactionContext context) {
        context.perUser(Client.class, Client::new);
        context.perUser(Cart.class, Cart::new);
      }
    }
    pool(1, user -> new Shopping()).build().run();
    assertThat(calls).containsExactly("transaction closed", "cart closed", "client closed");
  }

  @Test
  void perUser_asksAMakerThatThrewAgain() {
    AtomicInteger asked = new AtomicInteger();
    iterate(
        1,
        context ->
            context.perUser(
                Cart.class,
                () -> {
                  if (asked.incrementAndGet() < 3) throw new IllegalStateException("no stock");
                  return new Cart();
                }));
    assertThat(results)
        .extracting(Measurement::error)
        .containsExactly("no stock", "no stock", null, null, null);
    assertThat(asked).hasValue(3);
  }

  @Test
  void perUser_mayBeMadeOfAnother() {
    TransactionContext context = TransactionContext.of(UserContext.of(1, "shop"));
    String made =
        context.perUser(String.class, () -> "cart of " + context.perUser(Integer.class, () -> 7));
    assertThat(made).isEqualTo("cart of 7");
    assertThatNullPointerException()
        .isThrownBy(() -> context.perUser(Cart.class, () -> null))
        .withMessage("no Cart was made");
  }

  @Test
  void perRun_isOneForAllUsers() {
    Set<Client> clients = ConcurrentHashMap.newKeySet();
    AtomicInteger made = new AtomicInteger();
    UserPool pool =
        pool(
                20,
                user ->
                    context ->
                        clients.add(
                            context.perRun(
                                Client.class,
                                () -> {
                                  made.incrementAndGet();
                                  return new Client();
                                })))
            .build();
    pool.run();
    assertThat(results).hasSize(100).noneMatch(Measurement::failed);
    assertThat(clients).hasSize(1);
    assertThat(made).hasValue(1);
    assertThat(calls).containsExactly("client closed");
  }

  @Test
  void perRun_isSharedByPoolsOfOneScope_andClosedByWhoGaveIt() {
    Set<Client> clients = ConcurrentHashMap.newKeySet();
    RunScope scope = new RunScope();
    for (int i = 0; i < 2; i++) {
      UserPool pool =
          pool(2, user -> context -> clients.add(context.perRun(Client.class, Client::new)))
              .scope(scope)
              .build();
      pool.run();
    }
    assertThat(clients).hasSize(1);
    assertThat(calls).isEmpty();
    scope.close();
    assertThat(calls).containsExactly("client closed");
    UserScope late = scope.user(UserContext.of(9, "shop"));
    assertThatIllegalStateException()
        .isThrownBy(() -> late.newIteration().perRun(Cart.class, Cart::new))
        .withMessage("no Cart after the end");
  }

  @Test
  void close_thatFailsKeepsNoOtherFromIt() {
    UserScope user = UserScope.of(UserContext.of(1, "shop"));
    user.newIteration().perUser(Client.class, Client::new);
    user.newIteration()
        .perUser(
            AutoCloseable.class,
            () ->
                () -> {
                  throw new IllegalStateException("stuck");
                });
    user.close();
    assertThat(calls).containsExactly("client closed");
  }

  @Test
  void seeds_areToldByThePool() {
    UserPool pool =
        pool(
                1,
                user -> {
                  return context -> context.seed("articles", context.userNumber());
                })
            .build();
    pool.run();
    assertThat(pool.seeds())
        .containsEntry("articles", 1L)
        .containsEntry("articles (2)", 1L)
        .containsKey("articles (5)");
  }

  @Test
  void fail_marksTheIterationAndLetsItGoOn() {
    iterate(
        1,
        context -> {
          context.fail("status 500");
          calls.add("went on");
          context.fail("too slow");
        });
    assertThat(results).hasSize(5).allMatch(result -> "status 500".equals(result.error()));
    assertThat(calls).hasSize(5);
  }

  @Test
  void fail_isTheFirstOrNot() {
    iterate(
        1,
        context -> {
          context.fail("told");
          throw new IllegalStateException("thrown");
        });
    assertThat(results).extracting(Measurement::error).containsOnly("told");
    results.clear();
    iterate(1, new ThrowsThenTells());
    assertThat(results).extracting(Measurement::error).containsOnly("thrown");
  }

  private static final class ThrowsThenTells implements Transaction {
    @Override
    public void run(TransactionContext context) {
      throw new IllegalStateException("thrown");
    }

    @Override
    public void tearDown(TransactionContext context) {
      context.fail("told");
    }
  }

  @Test
  void fail_needsNoReason() {
    TransactionContext context = TransactionContext.of(UserContext.of(1, "shop"));
    assertThat(context.failure()).isNull();
    context.fail(" ");
    assertThat(context.failure()).isEqualTo("failed");
  }

  @Test
  void tag_isASuffixOfTheLabel_theLastOneCounts() {
    pool(1, user -> new Tagging()).build().run();
    assertThat(results)
        .extracting(Measurement::label)
        .containsExactly(
            "Tagging", "Tagging[gold]", "Tagging[gold]", "Tagging[gold]", "Tagging[gold]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TransactionContext.of(UserContext.of(1, "shop")).tag(" "))
        .withMessage("tag is blank");
  }

  private static final class Tagging implements Transaction {
    private int iterations;

    @Override
    public void run(TransactionContext context) {
      if (iterations++ == 0) return;
      context.tag("guest");
      context.tag("gold");
    }
  }
}
