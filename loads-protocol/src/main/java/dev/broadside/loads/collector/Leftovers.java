package dev.broadside.loads.collector;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The receivers' folders of runs that were killed before they could delete them. */
final class Leftovers {
  private static final Logger LOG = System.getLogger(Leftovers.class.getName());

  private Leftovers() {}

  /**
   * Deletes those of this user at whose socket nobody listens any more. One that has no socket yet
   * is kept: its run is just about to begin. What fails is left for the next time.
   *
   * @param own this run's folder, beside which they are
   */
  static void sweep(Path own) {
    Path temp = own.toAbsolutePath().getParent();
    if (temp == null) return;
    try (DirectoryStream<Path> others =
        Files.newDirectoryStream(temp, PrivateReceiver.PREFIX + "*")) {
      for (Path other : others) sweep(other, own);
    } catch (IOException | DirectoryIteratorException e) {
      LOG.log(Level.DEBUG, "cannot look for leftovers in " + temp, e);
    }
  }

  private static void sweep(Path folder, Path own) {
    Path socket = PrivateReceiver.socket(folder);
    try {
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) return;
      if (!Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(own))) return;
      if (Files.notExists(socket, LinkOption.NOFOLLOW_LINKS) || !isDead(socket)) return;
      Files.deleteIfExists(socket);
      Files.deleteIfExists(folder);
    } catch (IOException | UnsupportedOperationException e) {
      LOG.log(Level.DEBUG, "cannot sweep " + folder, e);
    }
  }

  private static boolean isDead(Path socket) throws IOException {
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      probe.configureBlocking(false); // a full queue must not hold us, and is no refusal
      boolean unused = probe.connect(UnixDomainSocketAddress.of(socket));
      return false;
    } catch (ConnectException e) {
      return true; // refused
    }
  }
}
