package dev.broadside.oct.cli;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** How log records of the commands look on stderr, when java.util.logging writes them. */
final class LogSettings {
  /** Warnings of ours only: the commands themselves tell what goes well, and how runs went. */
  private static final String SETTINGS =
      """
      handlers = java.util.logging.ConsoleHandler
      .level = WARNING
      dev.broadside.oct.RunLog.level = OFF
      java.util.logging.SimpleFormatter.format = %1$tT %4$s %5$s%6$s%n
      """;

  private LogSettings() {}

  /**
   * Has each record written in one line, unless {@code -Djava.util.logging.config.file} or {@code
   * .class} says otherwise. By reflection, since the module java.logging need not be there.
   */
  static void oneLineEach() {
    if (System.getProperty("java.util.logging.config.file") != null) return;
    if (System.getProperty("java.util.logging.config.class") != null) return;
    InputStream settings = new ByteArrayInputStream(SETTINGS.getBytes(StandardCharsets.ISO_8859_1));
    try {
      Class<?> type = Class.forName("java.util.logging.LogManager");
      Object manager = type.getMethod("getLogManager").invoke(null);
      type.getMethod("readConfiguration", InputStream.class).invoke(manager, settings);
    } catch (ReflectiveOperationException e) {
      // records look as the Java that runs has them
    }
  }
}
