package dev.broadside.oct.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** The project {@code shop}, as a user makes it: new-project, some editing, pack-turrets. */
final class ShopProject {
  private final Path folder;
  private final int publishPort;
  private final int resultsPort;

  ShopProject(Path folder, int publishPort, int resultsPort) {
    this.folder = folder;
    this.publishPort = publishPort;
    this.resultsPort = resultsPort;
  }

  /** One in this folder, whose headquarters has ports that are free. */
  static ShopProject onFreePorts(Path folder) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket first = new ServerSocket(0, 1, loopback);
        ServerSocket second = new ServerSocket(0, 1, loopback)) {
      return new ShopProject(folder, first.getLocalPort(), second.getLocalPort());
    }
  }

  int publishPort() {
    return publishPort;
  }

  int resultsPort() {
    return resultsPort;
  }

  void make(int runSeconds) throws Exception {
    expectDone(folder, "new-project", "shop");
    edit("\"run_time\": 30", "\"run_time\": " + runSeconds);
    edit("5000", Integer.toString(publishPort));
    edit("5001", Integer.toString(resultsPort));
    edit("\"rampup\": 5", "\"rampup\": 0");
    expectDone(folder, "pack-turrets", "shop");
  }

  void edit(String part, String replacement) throws IOException {
    Path config = folder.resolve("shop/config.json");
    Files.writeString(config, Files.readString(config).replace(part, replacement));
  }

  static void expectDone(Path folder, Object... arguments) throws Exception {
    try (OctProcess oct = OctProcess.start(folder, arguments)) {
      assertThat(oct.awaitExit()).as(oct.toString()).isZero();
    }
  }
}
