package dev.broadside.users.script;

import dev.broadside.users.Transaction;
import dev.broadside.users.UserContext;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.function.Function;

/**
 * A transaction that was loaded by name, with the class loader it came from. Close it when its
 * users have ended: that releases its jars, and what was not yet loaded can no longer be.
 * Thread-safe.
 */
public final class LoadedScript implements AutoCloseable {
  private final ScriptReference script;
  private final Class<? extends Transaction> type;
  private final ClassLoader loader;
  private final Closeable resources;
  private final Instantiator<Transaction> instantiator;

  LoadedScript(ScriptReference script, String className, ClassLoader loader, Closeable resources) {
    this(
        script,
        ScriptClasses.load(script, className, Transaction.class, loader),
        loader,
        resources);
  }

  LoadedScript(
      ScriptReference script,
      Class<? extends Transaction> type,
      ClassLoader loader,
      Closeable resources) {
    this.script = script;
    this.loader = loader;
    this.resources = resources;
    this.type = type;
    this.instantiator = Instantiator.forUsers(script, type);
  }

  /** The class of the transaction. */
  public Class<? extends Transaction> type() {
    return type;
  }

  /**
   * Makes a transaction for each user, with the constructor that takes a {@link UserContext} if
   * there is one, else with the one without arguments. What a constructor throws comes out as it
   * is, also when it is a checked exception.
   */
  public Function<UserContext, Transaction> factory() {
    return instantiator::create;
  }

  /**
   * Where the transaction was loaded from; it is right as the context class loader of its users.
   */
  public ClassLoader classLoader() {
    return loader;
  }

  /**
   * Makes an instance of another class that belongs to the script, with its constructor without
   * arguments. What the constructor throws comes out as it is.
   *
   * @param className fully qualified
   * @param kind what the class must implement
   * @throws ScriptException if there is no such class, or it is of another kind
   */
  public <T> T newInstance(String className, Class<T> kind) {
    Objects.requireNonNull(className, "className");
    Objects.requireNonNull(kind, "kind");
    Class<? extends T> type = ScriptClasses.load(script, className, kind, loader);
    return Instantiator.<T>plain(script, type).create();
  }

  /** Releases the script's jars. A second call does nothing. */
  @Override
  public void close() {
    try {
      resources.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close script " + script.text(), e);
    }
  }
}
