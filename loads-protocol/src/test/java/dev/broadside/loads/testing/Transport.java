package dev.broadside.loads.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

/** The two ways to a receiver. */
public enum Transport {
  /** Loopback TCP. */
  TCP {
    @Override
    public StrictReceiver receiver(Path folder, String... options) {
      return StrictReceiver.onTcp(options);
    }

    @Override
    public String unboundEndpoint(Path folder) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return "tcp://127.0.0.1:" + socket.getLocalPort();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  },
  /** A real Unix socket. */
  IPC {
    @Override
    public StrictReceiver receiver(Path folder, String... options) {
      return StrictReceiver.onIpc(folder.resolve("receiver.ipc"), options);
    }

    @Override
    public String unboundEndpoint(Path folder) {
      return "ipc://" + folder.resolve("nobody.ipc");
    }
  };

  /** A strict receiver at the other end of this way. */
  public abstract StrictReceiver receiver(Path folder, String... options);

  /** Where nobody listens yet. */
  public abstract String unboundEndpoint(Path folder);
}
