package dev.broadside.loads.testing;

import java.nio.file.Path;

/** The two ways to a receiver. */
public enum Transport {
  /** Loopback TCP. */
  TCP {
    @Override
    public StrictReceiver receiver(Path folder, String... options) {
      return StrictReceiver.onTcp(options);
    }
  },
  /** A real Unix socket. */
  IPC {
    @Override
    public StrictReceiver receiver(Path folder, String... options) {
      return StrictReceiver.onIpc(folder.resolve("receiver.ipc"), options);
    }
  };

  /** A strict receiver at the other end of this way. */
  public abstract StrictReceiver receiver(Path folder, String... options);
}
