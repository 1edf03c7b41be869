package dev.broadside.loads.collector;

import dev.broadside.loads.protocol.LoadsDecoder;
import dev.broadside.loads.protocol.LoadsMessage;
import dev.broadside.loads.protocol.LoadsMessage.AddError;
import dev.broadside.loads.protocol.LoadsMessage.AddFailure;
import dev.broadside.loads.protocol.LoadsMessage.AddHit;
import dev.broadside.loads.protocol.LoadsMessage.AddSuccess;
import dev.broadside.loads.protocol.LoadsMessage.Other;
import dev.broadside.loads.protocol.LoadsReport;
import dev.broadside.loads.protocol.MalformedMessageException;
import dev.broadside.messaging.MessageHandler;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Takes what runners send, on the receiving thread: to the figures, then to the listeners. */
final class Intake implements MessageHandler {
  private static final System.Logger LOG = System.getLogger(LoadsCollector.class.getName());

  /** What agents of the original add to the messages of their runners. */
  private static final Set<String> OF_AGENTS = Set.of("startTestRun", "stopTestRun");

  private final Ledgers ledgers;
  private final Consumer<? super LoadsReport> onReport;
  private final Consumer<? super CollectedHit> onHit;
  private final QuietLog malformedLog;
  private final QuietLog listenerLog;
  private final QuietLog defectLog;

  // written by the receiving thread alone, so they need not contend
  final AtomicLong malformed = new AtomicLong();
  final AtomicLong hits = new AtomicLong();
  final AtomicLong successes = new AtomicLong();
  final AtomicLong failures = new AtomicLong();
  final AtomicLong errors = new AtomicLong();
  final AtomicLong ticks = new AtomicLong();
  final AtomicLong lastMessageTick = new AtomicLong();

  Intake(
      Ledgers ledgers,
      Consumer<? super LoadsReport> onReport,
      Consumer<? super CollectedHit> onHit,
      LongSupplier nanos) {
    this.ledgers = ledgers;
    this.onReport = onReport;
    this.onHit = onHit;
    this.malformedLog = new QuietLog(LOG, nanos);
    this.listenerLog = new QuietLog(LOG, nanos);
    this.defectLog = new QuietLog(LOG, nanos);
  }

  /** Called by the receiving thread between two messages, each 10 ms or later. */
  void tick() {
    addOne(ticks);
  }

  @Override
  public void onMessage(List<byte[]> frames) {
    lastMessageTick.lazySet(ticks.getPlain());
    try {
      take(frames);
    } catch (RuntimeException | Error e) { // a missing class, for one
      addOne(malformed);
      defectLog.log("message of a runner lost, since it cannot be counted", e);
    }
  }

  private void take(List<byte[]> frames) {
    if (frames.size() > 1) {
      refuse("it has " + frames.size() + " frames instead of one");
      return;
    }
    try {
      take(LoadsDecoder.decode(frames.get(0)));
    } catch (MalformedMessageException e) {
      refuse(String.valueOf(e.getMessage()));
    }
  }

  private void refuse(String fault) {
    addOne(malformed);
    malformedLog.log("message of a runner ignored: " + fault, null);
  }

  private void take(LoadsReport report) {
    report.faults().forEach(this::refuse);
    report.messages().forEach(this::count);
    Arrival arrival = ledgers.record(report);
    tell(onReport, report);
    for (LoadsMessage message : report.messages()) {
      if (message instanceof AddHit hit) tell(onHit, arrival.hit(report, hit));
    }
  }

  private void count(LoadsMessage message) {
    if (message instanceof AddHit) addOne(hits);
    else if (message instanceof AddSuccess) addOne(successes);
    else if (message instanceof AddFailure) addOne(failures);
    else if (message instanceof AddError) addOne(errors);
    else if (message instanceof Other other && !OF_AGENTS.contains(other.dataType())) {
      refuse("its data_type is unknown: " + other.dataType());
    }
  }

  private static void addOne(AtomicLong count) {
    count.lazySet(count.getPlain() + 1);
  }

  private <T> void tell(Consumer<? super T> listener, T news) {
    try {
      listener.accept(news);
    } catch (RuntimeException | Error e) { // an AssertionError, for one
      listenerLog.log("a listener of the collector failed", e);
    }
  }
}
