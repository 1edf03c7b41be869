package dev.broadside.loads.collector;

import dev.broadside.messaging.Endpoint;
import dev.broadside.messaging.MessagingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A collector for one run alone: on a Unix socket in a folder that nobody else can enter. */
final class PrivateReceiver implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(PrivateReceiver.class.getName());

  static final String PREFIX = "loads-run-";

  private volatile @Nullable Path folder; // once it is needed

  /**
   * Opens the collector. Where there can be no Unix socket, for one because the path of the temp
   * folder is too long, it listens on a free port of the loopback interface.
   */
  LoadsCollector open(LoadsCollector.Builder settings) {
    try {
      Path own = Files.createTempDirectory(PREFIX); // only its owner can enter it
      folder = own;
      Leftovers.sweep(own);
      return settings.open(Endpoint.parse("ipc://" + socket(own)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a folder for the receiver", e);
    } catch (MessagingException e) {
      LOG.log(System.Logger.Level.DEBUG, "no Unix socket, so a loopback port", e);
      return settings.open(Endpoint.tcp("127.0.0.1", 0));
    }
  }

  static Path socket(Path folder) {
    return folder.resolve("receiver");
  }

  /** Removes what was made. May be called twice, from any thread. */
  @Override
  public void close() {
    Path own = folder;
    if (own == null) return;
    try {
      Files.deleteIfExists(socket(own));
      Files.deleteIfExists(own);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + own, e);
    }
  }
}
