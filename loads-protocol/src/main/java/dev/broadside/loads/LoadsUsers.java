package dev.broadside.loads;

import dev.broadside.messaging.MessagingContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which user a thread works for, in a JVM that runs many of them. Threads that a user's thread
 * starts work for the same user, until it ends. So a thread of a pool that users share works for
 * the one that happened to start it, or for none: hand such a thread the reporter that it needs.
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
    User user = new User(environment, context);
    CURRENT.set(user);
    return () -> {
      user.entered = null; // threads that it started may live on
      CURRENT.set(before);
    };
  }

  static @Nullable LoadsEnvironment environment() {
    User user = CURRENT.get();
    Entered entered = user == null ? null : user.entered;
    if (entered != null) return entered.environment;
    if (!many) return null;
    throw new LoadsEnvironmentException(
        "thread \""
            + Thread.currentThread().getName()
            + "\" works for no user of Loads: "
            + (user == null
                ? "it was not started by a user's thread"
                : "the user whose thread started it has ended"));
  }

  static Optional<MessagingContext> context() {
    User user = CURRENT.get();
    Entered entered = user == null ? null : user.entered;
    return entered == null ? Optional.empty() : Optional.of(entered.context);
  }

  /** Ends when it is closed. */
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }

  /** What threads inherit: it stays with those that outlive the user, empty. */
  private static final class User {
    private volatile @Nullable Entered entered;

    User(LoadsEnvironment environment, MessagingContext context) {
      entered = new Entered(environment, context);
    }
  }

  private record Entered(LoadsEnvironment environment, MessagingContext context) {}
}
