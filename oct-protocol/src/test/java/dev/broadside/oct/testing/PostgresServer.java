package dev.broadside.oct.testing;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL of Debian's, with an empty database, on a loopback port. It refuses to be run by
 * root, so then {@code nobody} runs it.
 */
public final class PostgresServer implements AutoCloseable {
  private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
  private static final String UNPRIVILEGED = "nobody";
  private static final String HINT =
      "there is no PostgreSQL below " + VERSIONS + "; Debian has it in postgresql";

  private final Path programs;
  private final Path folder;
  private final Path data;
  private final int port;

  private PostgresServer(Path programs, Path folder) throws IOException {
    this.programs = programs;
    this.folder = folder;
    this.data = folder.resolve("data");
    this.port = freePort();
  }

  /**
   * Starts one; without PostgreSQL the test is skipped, and fails in CI.
   *
   * @param parent where it makes a folder of its own
   */
  public static PostgresServer startIn(Path parent) throws IOException {
    Path folder = Files.createDirectory(parent.resolve("postgres"));
    if (isRoot()) giveAway(folder);
    PostgresServer server = new PostgresServer(programs(), folder);
    server.run("initdb", "-A", "trust", "-U", "shop", "-E", "UTF8", "--no-sync", "-D", "data");
    server.startAgain();
    return server;
  }

  private static void giveAway(Path folder) throws IOException {
    UserPrincipalLookupService users = folder.getFileSystem().getUserPrincipalLookupService();
    Files.setOwner(folder, users.lookupPrincipalByName(UNPRIVILEGED));
    Files.setPosixFilePermissions(folder.getParent(), PosixFilePermissions.fromString("rwx--x--x"));
  }

  private static Path programs() throws IOException {
    if (Files.isDirectory(VERSIONS)) {
      try (Stream<Path> versions = Files.list(VERSIONS)) {
        for (Path version : versions.sorted().toList()) {
          if (Files.isExecutable(version.resolve("bin/initdb"))) return version.resolve("bin");
        }
      }
    }
    if ("true".equals(System.getenv("CI"))) return fail(HINT);
    return abort(HINT);
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** What connects to its database. */
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=shop";
  }

  /** Ends at once, as if its machine had failed. */
  public void stop() {
    run("pg_ctl", "stop", "-m", "immediate", "-D", "data");
  }

  /** Starts after a {@link #stop}, on the same port. */
  public void startAgain() {
    String options = "-p " + port + " -h 127.0.0.1 -F -k " + folder;
    run("pg_ctl", "start", "-w", "-D", "data", "-l", "log", "-o", options);
  }

  private void run(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) command.addAll(List.of("runuser", "-u", UNPRIVILEGED, "--"));
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(arguments));
    Path output = folder.resolveSibling(folder.getFileName() + "." + program);
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = process.waitFor(60, TimeUnit.SECONDS);
      if (ended && process.exitValue() == 0) return;
      throw new AssertionError(program + ": " + Files.readString(output, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    if (Files.exists(data.resolve("postmaster.pid"))) stop();
  }
}
