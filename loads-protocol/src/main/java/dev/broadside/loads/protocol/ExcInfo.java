package dev.broadside.loads.protocol;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;

/**
 * An exception as Loads takes it, three texts. Original receivers print {@code first: second}, with
 * the traceback right behind it.
 *
 * @param className the exception's class
 * @param message its text; may be empty
 * @param traceback its stack trace; begins with a newline where it is one of ours
 */
public record ExcInfo(String className, String message, String traceback) {
  /** Which of the texts stand first on the wire. */
  public enum Order {
    /** Class, message, traceback: what the original programs send. */
    CLASS_FIRST,
    /** Message, class, traceback: what the original document says. */
    MESSAGE_FIRST
  }

  /** Checks that nothing is missing. */
  public ExcInfo {
    Objects.requireNonNull(className, "className");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(traceback, "traceback");
  }

  /** Of an exception of any kind, even one whose own methods fail. */
  public static ExcInfo of(Throwable exception) {
    return new ExcInfo(
        exception.getClass().getName(), messageOf(exception), "\n" + traceOf(exception));
  }

  private static String messageOf(Throwable exception) {
    try {
      String message = exception.getMessage();
      return message == null ? "" : message;
    } catch (Throwable e) {
      return "its getMessage() threw " + e.getClass().getName();
    }
  }

  private static String traceOf(Throwable exception) {
    StringWriter trace = new StringWriter();
    try (PrintWriter writer = new PrintWriter(trace)) {
      exception.printStackTrace(writer);
    } catch (Throwable e) {
      return exception.getClass().getName() + framesOf(exception);
    }
    return trace.toString();
  }

  private static String framesOf(Throwable exception) {
    StringBuilder frames = new StringBuilder();
    try {
      for (StackTraceElement frame : exception.getStackTrace()) {
        frames.append("\n\tat ").append(frame);
      }
    } catch (Throwable e) {
      frames.append("\n\tits getStackTrace() threw ").append(e.getClass().getName());
    }
    return frames.toString();
  }
}
