package dev.broadside.messaging;

import java.util.Set;
import java.util.stream.Collectors;

/** The threads that live now. */
final class Threads {
  private Threads() {}

  /** Those whose name begins so. */
  static Set<Thread> named(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(prefix))
        .collect(Collectors.toSet());
  }
}
