package dev.broadside.loads.resident;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BooleanSupplier;

/** The course of a resident JVM: it lets itself be found, serves, and leaves. */
final class Residence {
  private static final Path READY =
      Path.of("/proc/self/fd/4"); // the launcher that starts it listens
  private static final long MAX_OUTPUT_BYTES = 10_000_000;

  private Residence() {}

  /**
   * Serves launchers until nobody has come for a while.
   *
   * @param folder the private one that launchers look into
   * @param name of this JVM in there
   * @param outdated whether another JVM should take the next user
   * @param idleNanos how long to wait for users
   * @param prepare done when launchers can come, before the first is answered
   */
  static void serve(
      Path folder,
      String name,
      UserStarter starter,
      BooleanSupplier outdated,
      long idleNanos,
      Runnable prepare)
      throws IOException {
    boundOutput(folder.resolve("output"));
    PortFile portFile = PortFile.in(folder, name);
    Launchers launchers = Launchers.listen(portFile, starter, outdated, idleNanos);
    new LastWords(launchers, portFile).sayAtEnd();
    portFile.publish(launchers.port());
    tellReady();
    prepare.run();
    launchers.serve();
  }

  /** What tests print comes there; it is emptied before it grows for ever. */
  private static void boundOutput(Path output) throws IOException {
    if (Files.exists(output) && Files.size(output) > MAX_OUTPUT_BYTES) {
      try (OutputStream emptied = Files.newOutputStream(output)) {
        emptied.write("(emptied)\n".getBytes(StandardCharsets.US_ASCII));
      }
    }
  }

  /** Without a launcher the descriptor may be any file of this JVM, which writing would destroy. */
  private static void tellReady() {
    try {
      if (!Files.readSymbolicLink(READY).toString().startsWith("pipe:")) return;
      try (OutputStream ready = Files.newOutputStream(READY, StandardOpenOption.WRITE)) {
        ready.write('\n');
      }
    } catch (IOException e) {
      // the launcher that started this JVM is gone; others have seen the port file
    }
  }
}
