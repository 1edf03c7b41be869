package dev.broadside.terminal;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** The terminal or file that commands write to. */
public final class Terminal {
  private Terminal() {}

  /** Where commands write to. */
  public static PrintWriter out() {
    return new PrintWriter(new FileOutputStream(FileDescriptor.out), true, charset());
  }

  /**
   * What Java finds out about the terminal; UTF-8 where that is ASCII, as in most containers, since
   * the reports have a µ in them.
   */
  private static Charset charset() {
    return Stream.of("stdout.encoding", "sun.stdout.encoding", "native.encoding")
        .map(System::getProperty)
        .filter(name -> name != null && Charset.isSupported(name))
        .map(Charset::forName)
        .filter(charset -> !charset.equals(StandardCharsets.US_ASCII))
        .findFirst()
        .orElse(StandardCharsets.UTF_8);
  }

  /** Whether a person sits there, so that a line may rewrite itself. */
  @SuppressWarnings("SystemConsoleNull") // it is null without a terminal, before Java 22 at least
  public static boolean isInteractive() {
    Console console = System.console();
    return console != null && isTerminal(console) && !"dumb".equals(System.getenv("TERM"));
  }

  /** Java 22 and later may have a console without a terminal, and a method that says so. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }
}
