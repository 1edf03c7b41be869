package dev.broadside.loads.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.loads.LoadsReporter;
import dev.broadside.loads.protocol.LoadsDecoder;
import dev.broadside.loads.protocol.LoadsMessage;
import dev.broadside.loads.protocol.LoadsMessage.AddError;
import dev.broadside.loads.protocol.LoadsMessage.AddFailure;
import dev.broadside.loads.protocol.LoadsMessage.AddHit;
import dev.broadside.loads.protocol.LoadsMessage.AddSuccess;
import dev.broadside.loads.protocol.LoadsMessage.IncrCounter;
import dev.broadside.loads.protocol.LoadsMessage.StartTest;
import dev.broadside.loads.protocol.LoadsMessage.StopTest;
import dev.broadside.loads.protocol.MalformedMessageException;
import dev.broadside.messaging.Account;
import dev.broadside.messaging.Endpoint;
import dev.broadside.messaging.MessageReceiver;
import dev.broadside.messaging.MessagingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A receiver, and a reporter to it. */
final class Recording implements AutoCloseable {
  private final BlockingQueue<LoadsMessage> arrived = new LinkedBlockingQueue<>();
  private final List<LoadsMessage> messages = new ArrayList<>();
  private final MessagingContext context = MessagingContext.create("receiver");
  private final MessageReceiver receiver =
      MessageReceiver.builder(context, Endpoint.parse("tcp://127.0.0.1:0"), this::receive).open();
  private final LoadsReporter reporter = LoadsReporter.builder(receiver.endpoint()).open();

  private void receive(List<byte[]> frames) {
    try {
      arrived.addAll(LoadsDecoder.decode(frames.get(0)).messages());
    } catch (MalformedMessageException e) {
      throw new AssertionError(e);
    }
  }

  LoadsReporter reporter() {
    return reporter;
  }

  /** For reporters of others. */
  Endpoint endpoint() {
    return receiver.endpoint();
  }

  /** Waits until so many messages have arrived, from whomever. */
  void await(int count) throws InterruptedException {
    while (messages.size() < count) next();
  }

  /** Waits for a counter of this name. */
  void awaitCounter(String name) throws InterruptedException {
    LoadsMessage next;
    do {
      next = next();
    } while (!(next instanceof IncrCounter counter && counter.name().equals(name)));
  }

  private LoadsMessage next() throws InterruptedException {
    LoadsMessage next = arrived.poll(20, TimeUnit.SECONDS);
    assertThat(next).describedAs("what comes after %s", messages).isNotNull();
    messages.add(next);
    return next;
  }

  /** All that the reporter sent, once it has arrived, and others before; closes the reporter. */
  List<LoadsMessage> messages() throws InterruptedException {
    Account account = reporter.close(Duration.ofSeconds(20));
    assertThat(account.sent()).isEqualTo(account.produced());
    while (messages.size() < account.sent()) next();
    return messages;
  }

  /** What was said of each test, such as {@code startTest, addError IOException, stopTest}. */
  Map<String, String> tests() throws InterruptedException {
    Map<String, String> tests = new TreeMap<>();
    for (LoadsMessage message : messages()) {
      String name = test(message);
      String what = message.dataType() + detail(message);
      if (name != null) tests.merge(name, what, (before, next) -> before + ", " + next);
    }
    return tests;
  }

  private static String test(LoadsMessage message) {
    if (message instanceof StartTest start) return start.test();
    if (message instanceof StopTest stop) return stop.test();
    if (message instanceof AddSuccess success) return success.test();
    if (message instanceof AddFailure failure) return failure.test();
    if (message instanceof AddError error) return error.test();
    return null;
  }

  private static String detail(LoadsMessage message) {
    if (message instanceof AddFailure failure) return " " + simple(failure.excInfo().className());
    if (message instanceof AddError error) return " " + simple(error.excInfo().className());
    return "";
  }

  private static String simple(String className) {
    return className.substring(className.lastIndexOf('.') + 1);
  }

  /** The counters and the URLs that tests reported. */
  List<String> extras() throws InterruptedException {
    List<String> extras = new ArrayList<>();
    for (LoadsMessage message : messages()) {
      if (message instanceof IncrCounter counter) extras.add(counter.test() + " " + counter.name());
      if (message instanceof AddHit hit) extras.add(hit.url());
    }
    return extras;
  }

  @Override
  public void close() {
    reporter.close(Duration.ZERO);
    receiver.close();
    context.close();
  }
}
