package dev.broadside.terminal;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * SIGINT, SIGTERM and SIGHUP while a command works: the first one ends it in order, the second one
 * at once, with exit code 1. One that follows within 200 ms is the first one once more: who ends a
 * group of processes, as {@code timeout} does, reaches some of them twice. By reflection, since
 * Java has no other way to see a second one than {@code sun.misc.Signal}, which need not be there;
 * without it a signal ends the process at once.
 */
public final class Signals {
  private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

  private static final int BROKEN_OFF = 1;
  private static final long ECHO_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final AtomicReference<@Nullable Long> firstNanos = new AtomicReference<>();
  private final Runnable end;

  private Signals(Runnable end) {
    this.end = end;
  }

  /**
   * Listens from now on.
   *
   * @param end called at the first signal, on a thread of its own
   */
  public static Signals onFirst(Runnable end) {
    Signals signals = new Signals(end);
    NAMES.forEach(signals::handle);
    return signals;
  }

  /** Whether there was one. */
  public boolean arrived() {
    return firstNanos.get() != null;
  }

  private void handle(String name) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler calls = (proxy, method, arguments) -> call(method.getName(), proxy);
      Object proxy =
          Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, calls);
      Object wanted = signal.getConstructor(String.class).newInstance(name);
      signal.getMethod("handle", signal, handler).invoke(null, wanted, proxy);
    } catch (ReflectiveOperationException e) {
      // not on this system, or used by the JVM itself
    }
  }

  private @Nullable Object call(String method, Object proxy) {
    return switch (method) {
      case "hashCode" -> System.identityHashCode(proxy);
      case "equals" -> false;
      case "toString" -> "signals of a command";
      default -> {
        onSignal();
        yield null;
      }
    };
  }

  private void onSignal() {
    long now = System.nanoTime();
    Long first = firstNanos.compareAndExchange(null, now);
    if (first == null) end.run();
    else if (now - first > ECHO_NANOS) System.exit(BROKEN_OFF);
  }
}
