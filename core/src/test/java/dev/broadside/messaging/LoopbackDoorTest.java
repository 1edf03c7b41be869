package dev.broadside.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
  private static final Path PROC = Path.of("/proc/self");
  private static final String LISTENING = "0A";
  private static final int ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;

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

  /** The ports at which this process listens. */
  private static List<Integer> listeners() throws IOException {
    Assumptions.assumeTrue(Files.exists(PROC.resolve("net/tcp6")), "needs " + PROC);
    Set<String> ours = sockets();
    List<Integer> ports = new ArrayList<>();
    for (String table : List.of("net/tcp", "net/tcp6")) {
      for (String line : Files.readAllLines(PROC.resolve(table))) {
        String[] fields = line.strip().split("\\s+", -1);
        if (!fields[STATE].equals(LISTENING) || !ours.contains(fields[INODE])) continue;
        String address = fields[ADDRESS];
        ports.add(Integer.parseInt(address.substring(address.indexOf(':') + 1), 16));
      }
    }
    return ports;
  }

  private static Set<String> sockets() throws IOException {
    Set<String> inodes = new HashSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(PROC.resolve("fd"))) {
      for (Path file : files) {
        try {
          String target = Files.readSymbolicLink(file).toString(); // socket:[4711]
          inodes.add(target.replaceAll("socket:\\[(.*)]", "$1"));
        } catch (NoSuchFileException e) {
          // closed meanwhile
        }
      }
    }
    return inodes;
  }

  private static int added(List<Integer> before) throws IOException {
    List<Integer> ports = new ArrayList<>(listeners());
    ports.removeAll(before);
    assertThat(ports).hasSize(1);
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
        stranger.send("injected"); // into its own queue, that is
        sender.send("of ours".getBytes(UTF_8));
        assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("of ours");
        assertThat(received.poll(300, TimeUnit.MILLISECONDS)).isNull();
      }
    }
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
        Wait.until("nobody listens any more", () -> nothingAdded(before));
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
