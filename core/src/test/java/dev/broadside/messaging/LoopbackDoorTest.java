package dev.broadside.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.zeromq.SocketType;

/** Strangers of this machine find the loopback port of a relayed socket, and get nothing there. */
@Timeout(60)
class LoopbackDoorTest {
  private static final Path LISTENERS = Path.of("/proc/self/net/tcp");
  private static final String LISTENING = "0A";

  @TempDir private Path folder;
  private final MessagingContext context = MessagingContext.create("door-test");
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

  @AfterEach
  void closeContext() {
    context.close();
  }

  private Endpoint endpoint() {
    return Endpoint.parse("ipc://" + folder.resolve("door.ipc"));
  }

  /** The loopback ports that anyone listens at. */
  private static List<Integer> listeners() throws IOException {
    Assumptions.assumeTrue(Files.exists(LISTENERS), "needs " + LISTENERS);
    List<Integer> ports = new ArrayList<>();
    for (String line : Files.readAllLines(LISTENERS)) {
      String[] fields = line.strip().split("\\s+", -1);
      if (!fields[3].equals(LISTENING) || !fields[1].startsWith("0100007F:")) continue;
      ports.add(Integer.parseInt(fields[1].substring(9), 16));
    }
    Files.readAllLines(Path.of("/proc/self/net/tcp6")).stream()
        .map(line -> line.strip().split("\\s+", -1))
        .filter(fields -> fields[3].equals(LISTENING))
        .filter(fields -> fields[1].startsWith("0000000000000000FFFF00000100007F:"))
        .forEach(fields -> ports.add(Integer.parseInt(fields[1].substring(33), 16)));
    return ports;
  }

  private static int added(List<Integer> before) throws IOException {
    List<Integer> ports = new ArrayList<>(listeners());
    ports.removeAll(before);
    return ports.get(0);
  }

  @Test
  void stranger_injectsNothingIntoAReceiver() throws Exception {
    List<Integer> before = listeners();
    try (MessageReceiver receiver =
        MessageReceiver.builder(
                context, endpoint(), frames -> received.add(new String(frames.get(0), UTF_8)))
            .open()) {
      Endpoint door = Endpoint.tcp("127.0.0.1", added(before));
      try (BareSocket stranger =
              BareSocket.connected(SocketType.PUSH, door, push -> push.setSendTimeOut(300));
          MessageSender sender = MessageSender.builder(context, receiver.endpoint()).open()) {
        assertThat(sendsOne(stranger)).isTrue(); // into its own queue, that is
        sender.send("of ours".getBytes(UTF_8));
        assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("of ours");
        assertThat(received.poll(300, TimeUnit.MILLISECONDS)).isNull();
      }
    }
  }

  private static boolean sendsOne(BareSocket stranger) {
    stranger.send("injected");
    return true;
  }

  @Test
  void stranger_isClosedBeforeHeIsGreeted() throws Exception {
    List<Integer> before = listeners();
    try (MessageSender sender = MessageSender.builder(context, endpoint()).open()) {
      try (Socket stranger = new Socket()) {
        stranger.connect(new InetSocketAddress("127.0.0.1", added(before)));
        stranger.setSoTimeout(10_000);
        assertThat(stranger.getInputStream().read()).isEqualTo(-1);
      }
      assertThat(sender.isConnected()).isFalse();
      try (MessageReceiver receiver =
          MessageReceiver.builder(
                  context, endpoint(), frames -> received.add(new String(frames.get(0), UTF_8)))
              .open()) {
        sender.send("to ours".getBytes(UTF_8));
        assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("to ours");
        assertThat(receiver.endpoint()).isEqualTo(endpoint());
      }
      assertThat(sender.account().disconnects()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void door_isShutBehindAConnectionThatStands() throws Exception {
    try (BareSocket pull = BareSocket.bound(SocketType.PULL)) {
      List<Integer> before = listeners();
      try (MessageSender sender =
          MessageSender.builder(context, pull.endpoint()).relayed().open()) {
        Wait.until("the connection stands", sender::isConnected);
        List<Integer> ports = new ArrayList<>();
        Wait.until("nobody listens any more", () -> nothingAdded(before), () -> ports);
        sender.send("still there".getBytes(UTF_8));
        assertThat(pull.next()).isEqualTo("still there");
      }
    }
  }

  private static boolean nothingAdded(List<Integer> before) {
    try {
      return before.containsAll(listeners());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
