package dev.broadside.oct;

import dev.broadside.messaging.MessageSender;
import dev.broadside.metrics.Measurement;
import dev.broadside.oct.protocol.ResultEncoder;
import dev.broadside.oct.protocol.TransactionResult;
import dev.broadside.users.ResultSink;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/** Turns the measurements of one run into OCT results and hands them to that run's sender. */
final class ResultSender implements ResultSink {
  private static final Logger LOG = System.getLogger(ResultSender.class.getName());

  private final MessageSender sender;
  private final String turretName;
  private final long startEpochMicros;
  private final AtomicBoolean warned = new AtomicBoolean();
  private final LongAdder failures = new LongAdder();
  private final ResultEncoder encoder = new ResultEncoder(); // used under the sender's lock only
  private final Function<TransactionResult, byte[]> encode = encoder::encode;

  /**
   * A sender of one run's results.
   *
   * @param startEpochMicros the wall clock when {@code start} arrived; the results' epochs follow
   *     from it and from their elapsed times
   */
  ResultSender(MessageSender sender, String turretName, long startEpochMicros) {
    this.sender = sender;
    this.turretName = turretName;
    this.startEpochMicros = startEpochMicros;
  }

  @Override
  public void accept(Measurement measurement) {
    if (measurement.failed()) failures.increment();
    long elapsed = measurement.endNanos();
    boolean queued =
        sender.send(
            new TransactionResult(
                turretName,
                elapsed,
                startEpochMicros + TimeUnit.NANOSECONDS.toMicros(elapsed),
                measurement.serviceNanos(),
                measurement.error(),
                measurement.timers()),
            encode);
    if (!queued) warnOfDrops();
  }

  private void warnOfDrops() {
    if (!warned.compareAndSet(false, true)) return;
    LOG.log(
        Level.WARNING,
        "turret {0}: results outrun the network, some are dropped; the account counts them",
        turretName);
  }

  long failures() {
    return failures.sum();
  }
}
