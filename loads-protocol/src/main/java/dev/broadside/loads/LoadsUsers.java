package dev.broadside.loads;

import dev.broadside.messaging.MessagingContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which user a thread works for, in a JVM that runs many of them. Threads that a user's thread
 * starts work for the same user.
 */
public final class LoadsUsers {
  private static final InheritableThreadLocal<@Nullable User> CURRENT =
      new InheritableThreadLocal<>();

  /** Whether this JVM runs many users: its own variables then mean none of them. */
  private static volatile boolean many;

  private LoadsUsers() {}

  /**
   * From now on the calling thread works for this user, until the result is closed on it.
   *
   * @param context what reporters made from the environment share; closed by its owner, after them
   */
  public static Scope enter(LoadsEnvironment environment, MessagingContext context) {
    many = true;
    User before = CURRENT.get();
    CURRENT.set(new User(environment, context));
    return () -> CURRENT.set(before);
  }

  static @Nullable LoadsEnvironment environment() {
    User user = CURRENT.get();
    if (user != null) return user.environment;
    if (!many) return null;
    throw new LoadsEnvironmentException(
        "thread \""
            + Thread.currentThread().getName()
            + "\" works for no user of Loads: it was not started by a user's thread");
  }

  static Optional<MessagingContext> context() {
    User user = CURRENT.get();
    return user == null ? Optional.empty() : Optional.of(user.context);
  }

  /** Ends when it is closed. */
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }

  private record User(LoadsEnvironment environment, MessagingContext context) {}
}
