package dev.broadside.loads.launch;

import java.lang.System.Logger;
import java.lang.System.LoggerFinder;
import java.text.MessageFormat;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * Has all that is logged through {@link System.Logger} in the executable jar written to the {@link
 * RunnerLog}, from INFO on; where there is none, as in the commands that people start, to stderr
 * from WARNING on. It also spares every start the classes of {@code java.util.logging}. Registered
 * in the executable jar alone: the library leaves logging to the programs it is part of.
 */
public final class RunnerLoggers extends LoggerFinder {
  /** Called by the JDK. */
  public RunnerLoggers() {}

  @Override
  public Logger getLogger(String name, Module module) {
    return new ToRunnerLog(name);
  }

  /** Every logger: they differ by name alone. */
  private static final class ToRunnerLog implements Logger {
    private final String name;

    ToRunnerLog(String name) {
      this.name = name;
    }

    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isLoggable(Level level) {
      Level least = RunnerLog.current() == null ? Level.WARNING : Level.INFO;
      return level != Level.OFF && level.getSeverity() >= least.getSeverity();
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String text,
        @Nullable Throwable thrown) {
      if (isLoggable(level)) write(level, translated(bundle, text), thrown);
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String format,
        @Nullable Object @Nullable ... parameters) {
      if (!isLoggable(level)) return;
      String text = translated(bundle, format);
      boolean filled = parameters != null && parameters.length > 0;
      write(level, filled ? fill(text, parameters) : text, null);
    }

    private static String translated(@Nullable ResourceBundle bundle, @Nullable String text) {
      if (bundle == null || text == null) return String.valueOf(text);
      try {
        return bundle.getString(text);
      } catch (MissingResourceException | ClassCastException e) {
        return text;
      }
    }

    private static String fill(String format, @Nullable Object @Nullable [] parameters) {
      try {
        return MessageFormat.format(format, parameters);
      } catch (IllegalArgumentException e) {
        return format;
      }
    }

    private void write(Level level, String text, @Nullable Throwable thrown) {
      RunnerLog log = RunnerLog.current();
      if (log == null) log = RunnerLog.to(System.err, RunnerLog.process());
      log.log(level, shortName() + ": " + text, thrown);
    }

    private String shortName() {
      return name.substring(name.lastIndexOf('.') + 1);
    }
  }
}
