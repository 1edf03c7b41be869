package dev.broadside.junit;

import dev.broadside.users.EndRunException;
import dev.broadside.users.Transaction;
import dev.broadside.users.TransactionContext;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.ReflectionSupport;
import org.opentest4j.TestAbortedException;

/** The method of a load test, as what its users do. Many threads use it at once. */
final class LoadMethod implements Transaction {
  private final Method method;
  private final Object instance;
  private final List<?> arguments;
  private final AtomicReference<@Nullable TestAbortedException> aborted = new AtomicReference<>();

  LoadMethod(ReflectiveInvocationContext<Method> call) {
    this.method = call.getExecutable();
    this.instance = call.getTarget().orElseThrow(); // not static, since JUnit runs it
    this.arguments = call.getArguments();
  }

  /** The name that its figures stand under. */
  String name() {
    return method.getName();
  }

  @Override
  public void run(TransactionContext context) {
    try {
      ReflectionSupport.invokeMethod(method, instance, arguments(context));
    } catch (TestAbortedException e) {
      aborted.compareAndSet(null, e);
      throw new EndRunException("an assumption does not hold: " + e.getMessage(), false);
    }
  }

  /** Jupiter's arguments, with the user's own context for the one that stood in for it. */
  private @Nullable Object[] arguments(TransactionContext context) {
    @Nullable Object[] all = arguments.toArray();
    for (int i = 0; i < all.length; i++) {
      if (all[i] instanceof TransactionContext) all[i] = context;
    }
    return all;
  }

  /** The first assumption that did not hold; null where all did. */
  @Nullable TestAbortedException aborted() {
    return aborted.get();
  }
}
