package dev.broadside.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The file of a Unix socket that we bind: private, never stolen, removed by its maker only. */
@Timeout(60)
class UnixServerTest {
  @TempDir private Path folder;

  private Path path() {
    return folder.resolve("receiver.ipc");
  }

  private static void leaveOneAt(Path path) throws IOException {
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(path));
    }
    assertThat(Files.exists(path)).isTrue();
  }

  private static boolean answers(Path path) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      return channel.isConnected();
    }
  }

  private static void assertRefused(Path path, String words) {
    assertThatExceptionOfType(MessagingException.class)
        .isThrownBy(() -> UnixServer.bind(path))
        .withMessageContaining(words);
  }

  private List<Path> files() throws IOException {
    try (var all = Files.list(folder)) {
      return all.toList();
    }
  }

  @Test
  void bind_makesAFileForItsOwnerOnly() throws Exception {
    UnixServer server = UnixServer.bind(path());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
        .isEqualTo("rw-------");
    assertThat(answers(path())).isTrue();
    assertThat(files()).containsExactly(path()); // nothing else is left there
    server.close();
    assertThat(files()).isEmpty();
  }

  @Test
  void bind_worksForAPathWithoutAFolder() throws Exception {
    Path relative = Path.of("unix-server-test-" + ProcessHandle.current().pid());
    UnixServer server = UnixServer.bind(relative);
    assertThat(answers(relative)).isTrue();
    server.close();
    assertThat(Files.exists(relative)).isFalse();
  }

  @Test
  void bind_replacesALeftover() throws Exception {
    leaveOneAt(path());
    UnixServer server = UnixServer.bind(path());
    assertThat(answers(path())).isTrue();
    assertThat(files()).containsExactly(path());
    server.close();
  }

  @Test
  void bind_saysThatAnotherListens() throws Exception {
    UnixServer server = UnixServer.bind(path());
    assertRefused(path(), "in use");
    assertThat(answers(path())).isTrue();
    assertThat(files()).containsExactly(path());
    server.close();
  }

  @Test
  void bind_saysThatAnotherListensWhenNoneMayQueueThere() throws Exception {
    List<SocketChannel> queue = new ArrayList<>();
    try (ServerSocketChannel busy = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      busy.bind(UnixDomainSocketAddress.of(path()), 1);
      for (int i = 0; i < 2; i++) queue.add(SocketChannel.open(busy.getLocalAddress()));
      assertRefused(path(), "in use");
      assertThat(Files.exists(path())).isTrue();
    } finally {
      for (SocketChannel channel : queue) channel.close();
    }
  }

  @Test
  void bind_keepsWhatIsNoSocket() throws Exception {
    Files.writeString(path(), "precious");
    assertRefused(path(), "not a socket");
    assertThat(path()).hasContent("precious");
    Path link = folder.resolve("link");
    Files.createSymbolicLink(link, folder.resolve("nothing"));
    assertRefused(link, "not a socket");
    assertRefused(folder, "not a socket");
    assertThat(files()).containsExactlyInAnyOrder(path(), link);
  }

  @Test
  void bind_saysThatTheFolderIsMissing() {
    assertRefused(folder.resolve("no/such/receiver.ipc"), "there is no folder " + folder);
  }

  @Test
  void bind_saysThatThereIsNoPermission() {
    Path forbidden = Path.of("/proc/receiver.ipc"); // not even for root
    Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self")), "needs /proc");
    assertRefused(forbidden, "cannot make a socket in /proc: ");
  }

  @Test
  void bind_ofManyAtOnceSucceedsOnce() throws Exception {
    for (int round = 0; round < 20; round++) {
      leaveOneAt(path());
      List<CompletableFuture<@Nullable UnixServer>> binds = new ArrayList<>();
      for (int i = 0; i < 4; i++) binds.add(CompletableFuture.supplyAsync(this::bindOrNothing));
      List<UnixServer> bound = new ArrayList<>();
      for (CompletableFuture<@Nullable UnixServer> bind : binds) {
        UnixServer server = Wait.forThe(bind);
        if (server != null) bound.add(server);
      }
      assertThat(bound).hasSize(1);
      assertThat(answers(path())).isTrue();
      bound.get(0).close();
      assertThat(files()).isEmpty();
    }
  }

  private @Nullable UnixServer bindOrNothing() {
    try {
      return UnixServer.bind(path());
    } catch (MessagingException e) {
      assertThat(e).hasMessageContaining("in use");
      return null;
    }
  }

  @Test
  void close_leavesTheFileOfAnother() throws Exception {
    UnixServer first = UnixServer.bind(path());
    Files.delete(path());
    UnixServer second = UnixServer.bind(path());
    first.close();
    assertThat(answers(path())).isTrue();
    second.close();
    assertThat(Files.exists(path(), LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void path_isAsLongAsTheJdkAllows() throws Exception {
    Path longest = Path.of(inWholeBytes(UnixSockets.MAX_PATH_BYTES));
    UnixServer server = UnixServer.bind(UnixSockets.path(Endpoint.parse("ipc://" + longest)));
    assertThat(answers(longest)).isTrue();
    server.close();
    String tooLong = inWholeBytes(UnixSockets.MAX_PATH_BYTES + 1);
    assertThatExceptionOfType(MessagingException.class)
        .isThrownBy(() -> UnixSockets.path(Endpoint.parse("ipc://" + tooLong)))
        .withMessage("the path has 107 bytes, a Unix socket's at most 106");
  }

  private String inWholeBytes(int bytes) {
    String start = folder + "/";
    return start + "x".repeat(bytes - start.length());
  }

  @Test
  void path_refusesWhatOnlyLibzmqUnderstands() {
    for (String odd : List.of("ipc://@abstract", "ipc://*")) {
      assertThatExceptionOfType(MessagingException.class)
          .isThrownBy(() -> UnixSockets.path(Endpoint.parse(odd)))
          .withMessageContaining("with a path only, not " + odd.substring("ipc://".length()));
    }
    assertThat(UnixSockets.path(Endpoint.parse("ipc://x/y"))).isEqualTo(Path.of("x/y"));
  }
}
