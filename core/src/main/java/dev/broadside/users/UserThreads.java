package dev.broadside.users;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** What kind of thread a virtual user runs on. */
public enum UserThreads {
  /**
   * Virtual threads from Java 24 on, platform threads before: on 21 to 23 a thread that waits in a
   * {@code synchronized} block keeps its carrier.
   */
  AUTOMATIC,
  /** A thread of the operating system for each user. */
  PLATFORM,
  /** A virtual thread for each user; needs Java 21. */
  VIRTUAL;

  private static final int FIRST_WITH_VIRTUAL = 21;
  private static final int FIRST_WITHOUT_PINNING = 24;

  /** Whether the Java that runs has such threads. */
  public boolean isAvailable() {
    return this != VIRTUAL || Runtime.version().feature() >= FIRST_WITH_VIRTUAL;
  }

  /** Whether this means virtual threads on the Java that runs. */
  boolean isVirtual() {
    return switch (this) {
      case AUTOMATIC -> Runtime.version().feature() >= FIRST_WITHOUT_PINNING;
      case PLATFORM -> false;
      case VIRTUAL -> true;
    };
  }

  /**
   * A thread of this kind, not yet started, which does not keep the JVM alive.
   *
   * @throws UnsupportedOperationException if virtual threads are asked for and this Java has none
   */
  Thread unstarted(String name, Runnable task) {
    Thread thread = isVirtual() ? VirtualThreads.unstarted(task) : new Thread(task);
    thread.setName(name);
    if (!isVirtual()) thread.setDaemon(true);
    return thread;
  }

  /** {@code Thread.ofVirtual()}, found at run time so that one jar serves Java 17 too. */
  private static final class VirtualThreads {
    private static final @Nullable MethodHandle UNSTARTED = find();

    private static @Nullable MethodHandle find() {
      try {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        Class<?> builder = Class.forName("java.lang.Thread$Builder");
        Class<?> ofVirtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
        MethodHandle make =
            lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(ofVirtual));
        MethodHandle unstarted =
            lookup.findVirtual(
                builder, "unstarted", MethodType.methodType(Thread.class, Runnable.class));
        MethodType ofVirtualToo = unstarted.type().changeParameterType(0, ofVirtual);
        return MethodHandles.collectArguments(unstarted.asType(ofVirtualToo), 0, make);
      } catch (ReflectiveOperationException e) {
        return null; // before Java 21
      }
    }

    static Thread unstarted(Runnable task) {
      if (UNSTARTED == null) {
        throw new UnsupportedOperationException(
            "virtual threads need Java 21 or later; this is " + Runtime.version());
      }
      try {
        return (Thread) UNSTARTED.invokeExact(task);
      } catch (Throwable e) {
        throw new IllegalStateException("cannot make a virtual thread", e);
      }
    }
  }
}
