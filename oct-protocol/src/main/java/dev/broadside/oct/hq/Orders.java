package dev.broadside.oct.hq;

import dev.broadside.oct.protocol.HqCommand;
import dev.broadside.oct.protocol.HqCommand.Kill;
import dev.broadside.oct.protocol.HqCommand.SetTransactionContext;
import dev.broadside.oct.protocol.HqCommand.Start;
import dev.broadside.oct.protocol.HqCommand.StatusRequest;
import dev.broadside.oct.protocol.HqCommand.Stop;
import dev.broadside.oct.protocol.Order;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The single orders of a headquarters, to all turrets or to the one with this uuid. {@link
 * Headquarters#run} gives those of a run by itself.
 *
 * <p>Mind that an original python turret ends on any order directed at one turret, be it another
 * one; so nothing is directed unless you ask for it. Thread-safe; orders are published at once, and
 * nobody confirms them. Source: docs/protocols.md 1.2.
 */
public final class Orders {
  private static final String ALL = "";

  private final Consumer<Order> outbox;

  Orders(Consumer<Order> outbox) {
    this.outbox = outbox;
  }

  /**
   * Starts all turrets that are ready. Results are taken only while {@link Headquarters#run} goes
   * on.
   */
  public void start() {
    order(ALL, new Start());
  }

  /** Starts one turret. */
  public void start(String uuid) {
    order(directed(uuid), new Start());
  }

  /** Stops all turrets; they will be ready again. A run of the headquarters itself goes on. */
  public void stop() {
    order(ALL, new Stop());
  }

  /** Stops one turret; it will be ready again. */
  public void stop(String uuid) {
    order(directed(uuid), new Stop());
  }

  /** Shuts all turrets down. */
  public void kill() {
    order(ALL, new Kill());
  }

  /** Shuts one turret down. */
  public void kill(String uuid) {
    order(directed(uuid), new Kill());
  }

  /** Asks all turrets for their status. */
  public void statusRequest() {
    order(ALL, new StatusRequest());
  }

  /** Asks one turret for its status. */
  public void statusRequest(String uuid) {
    order(directed(uuid), new StatusRequest());
  }

  /**
   * Merges values into the context that the transactions of all turrets can read.
   *
   * @param context what JSON can say: texts, numbers, booleans, nulls, lists and maps of them
   */
  public void transactionContext(Map<String, ? extends @Nullable Object> context) {
    order(ALL, contextOrder(context));
  }

  /**
   * Merges values into the context that the transactions of one turret can read.
   *
   * @param context what JSON can say: texts, numbers, booleans, nulls, lists and maps of them
   */
  public void transactionContext(String uuid, Map<String, ? extends @Nullable Object> context) {
    order(directed(uuid), contextOrder(context));
  }

  @SuppressWarnings("unchecked") // copied and never written to
  static SetTransactionContext contextOrder(Map<String, ? extends @Nullable Object> context) {
    return new SetTransactionContext((Map<String, @Nullable Object>) context);
  }

  private static String directed(String uuid) {
    Objects.requireNonNull(uuid, "uuid");
    if (uuid.isBlank()) throw new IllegalArgumentException("uuid is empty");
    return uuid;
  }

  void order(String uuid, HqCommand command) {
    outbox.accept(new Order(uuid, command));
  }

  void orderAll(HqCommand command) {
    order(ALL, command);
  }
}
