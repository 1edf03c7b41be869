package dev.broadside.loads.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
  @TempDir Path temp;

  private Path own;

  @BeforeEach
  void makeOwn() throws IOException {
    own = folder("loads-run-own");
  }

  @Test
  void sweep_deletesTheFolderOfADeadRun() throws Exception {
    Path dead = folder("loads-run-1");
    listen(dead).close();
    Leftovers.sweep(own);
    assertThat(dead).doesNotExist();
    assertThat(own).exists();
  }

  @Test
  void sweep_keepsWhatMayBeInUse() throws Exception {
    Path alive = folder("loads-run-1");
    Path beginning = folder("loads-run-2");
    Path other = folder("loads-running");
    listen(other).close();
    try (ServerSocketChannel channel = listen(alive)) {
      Leftovers.sweep(own);
      assertThat(PrivateReceiver.socket(alive)).exists();
      assertThat(beginning).exists();
      assertThat(PrivateReceiver.socket(other)).exists();
      assertThat(channel.isOpen()).isTrue();
    }
  }

  @Test
  void sweep_followsNoLinks() throws Exception {
    Path elsewhere = folder("elsewhere");
    listen(elsewhere).close();
    Files.createSymbolicLink(temp.resolve("loads-run-1"), elsewhere);
    Leftovers.sweep(own);
    assertThat(PrivateReceiver.socket(elsewhere)).exists();
  }

  @Test
  void sweep_keepsAFolderThatHasMoreInIt() throws Exception {
    Path dead = folder("loads-run-1");
    Path more = Files.createFile(dead.resolve("more"));
    listen(dead).close();
    Leftovers.sweep(own);
    assertThat(more).exists();
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectory(temp.resolve(name));
  }

  /** Java leaves the file behind when the channel is closed, as a killed process does. */
  private static ServerSocketChannel listen(Path folder) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    return channel.bind(UnixDomainSocketAddress.of(PrivateReceiver.socket(folder)));
  }
}
