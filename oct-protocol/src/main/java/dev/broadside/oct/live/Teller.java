package dev.broadside.oct.live;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;

/**
 * Tells all readers, period by period, how things stand, and looks after slow ones. What it tells
 * is made once for all of them, and not at all while there are none. Runs on a thread of its own.
 */
final class Teller implements Runnable {
  private static final Logger LOG = System.getLogger(LivePage.class.getName());
  private static final byte[] NOTHING = "{}".getBytes(US_ASCII);

  private final Events events;
  private final Workers workers;
  private final Supplier<byte[]> document;
  private final long periodNanos;
  private boolean warned;

  Teller(Events events, Workers workers, Supplier<byte[]> document, long periodNanos) {
    this.events = events;
    this.workers = workers;
    this.document = document;
    this.periodNanos = periodNanos;
  }

  @Override
  public void run() {
    try {
      while (events.awaitDue(periodNanos)) {
        workers.cutOff();
        if (events.readers() > 0) events.publish(news());
      }
      events.publishLast(news());
    } catch (InterruptedException e) {
      LOG.log(Level.DEBUG, "the live page was interrupted", e);
    }
  }

  private byte[] news() {
    try {
      return document.get();
    } catch (RuntimeException e) {
      LOG.log(warned ? Level.DEBUG : Level.WARNING, "the live page has no news", e);
      warned = true;
      return NOTHING;
    }
  }
}
