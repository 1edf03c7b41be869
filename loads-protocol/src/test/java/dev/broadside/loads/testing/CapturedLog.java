package dev.broadside.loads.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What a class of ours logs, from warnings up, as long as this is open. */
public final class CapturedLog extends Handler implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Logger logger; // held here, or it could be collected with its handler

  private CapturedLog(Class<?> source) {
    logger = Logger.getLogger(source.getName());
    logger.setUseParentHandlers(false);
    logger.addHandler(this);
  }

  /** The log of this class. */
  public static CapturedLog of(Class<?> source) {
    return new CapturedLog(source);
  }

  /** The messages so far. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void publish(LogRecord entry) {
    if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
      lines.add(new SimpleFormatter().formatMessage(entry));
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
  }
}
