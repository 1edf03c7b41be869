package dev.broadside.users;

import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One user through all of its iterations: makes their contexts, and keeps what lasts longer than
 * one of them ({@link TransactionContext#perUser}). For those who run transactions themselves;
 * {@link UserPool} does it for its users.
 */
public final class UserScope implements AutoCloseable {
  private final UserContext user;
  private final RunScope run;
  private final LongSupplier clock;
  private final boolean alone;
  private @Nullable ScopedObjects objects; // made when needed; under this object's lock

  UserScope(UserContext user, RunScope run, LongSupplier clock, boolean alone) {
    this.user = Objects.requireNonNull(user, "user");
    this.run = run;
    this.clock = clock;
    this.alone = alone;
  }

  /** A user that is alone in its run, which ends with it. */
  public static UserScope of(UserContext user) {
    return new UserScope(user, new RunScope(), System::nanoTime, true);
  }

  /** Who it is. */
  public UserContext user() {
    return user;
  }

  /** What its timers are measured with. */
  LongSupplier clock() {
    return clock;
  }

  /** The run it belongs to. */
  RunScope run() {
    return run;
  }

  /** The context of its next iteration. */
  public TransactionContext newIteration() {
    return new TransactionContext(this);
  }

  <T> T get(Class<T> type, Supplier<? extends T> maker) {
    return objects().get(type, maker);
  }

  private synchronized ScopedObjects objects() {
    ScopedObjects there = objects;
    if (there == null) there = new ScopedObjects();
    objects = there;
    return there;
  }

  /** Closes the user's objects; a failure is logged. */
  @Override
  public void close() {
    objects().close();
    if (alone) run.close();
  }
}
