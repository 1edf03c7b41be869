package dev.broadside.messaging;

import java.lang.System.Logger.Level;

/**
 * A logger that is looked for when there is something to log. The first one of a process takes
 * about 10 ms to find, and a process that runs one user of Loads lives for less than 100.
 */
final class LazyLogger {
  private final Class<?> source;

  LazyLogger(Class<?> source) {
    this.source = source;
  }

  private System.Logger found() {
    return System.getLogger(source.getName());
  }

  void log(Level level, String text, Throwable failure) {
    found().log(level, text, failure);
  }

  void log(Level level, String format, Object parameter) {
    found().log(level, format, parameter);
  }
}
