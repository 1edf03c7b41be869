package dev.broadside.loads.resident;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Tells launchers where a resident JVM listens: a line with port, token, secret and process id,
 * then the key of what the JVM serves, as the launcher wrote it. Readable for its user alone, and
 * renamed into place whole. A launcher shows the token, the JVM answers with the secret.
 */
final class PortFile {
  private static final int SECRET_BYTES = 16;

  private final Path file;
  private final byte[] key;
  private final String token;
  private final String secret;

  private PortFile(Path file, byte[] key) throws IOException {
    this.file = file;
    this.key = key;
    this.token = random();
    this.secret = random();
  }

  /**
   * The port file of this name, not yet written.
   *
   * @param folder a private one; the launcher has left the key there, under the same name
   */
  static PortFile in(Path folder, String name) throws IOException {
    String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
    if (!mode.endsWith("------")) throw new IOException(folder + " is open to others: " + mode);
    Path key = folder.resolve(name + ".key");
    byte[] bytes = Files.readAllBytes(key);
    Files.delete(key);
    return new PortFile(folder.resolve(name + ".port"), bytes);
  }

  /** From where SecureRandom has it too, whose classes take longer than the rest of the start. */
  private static String random() throws IOException {
    try (InputStream random = Files.newInputStream(Path.of("/dev/urandom"))) {
      return HexFormat.of().formatHex(random.readNBytes(SECRET_BYTES));
    }
  }

  String token() {
    return token;
  }

  String secret() {
    return secret;
  }

  /** Puts this file in the place of every other one with the same key. */
  void publish(int port) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(aside);
    Files.createFile(
        aside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(aside, content(port), StandardOpenOption.WRITE);
    removeOthers();
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private byte[] content(int port) {
    String line = port + " " + token + " " + secret + " " + ProcessHandle.current().pid() + "\n";
    byte[] first = line.getBytes(StandardCharsets.US_ASCII);
    byte[] content = Arrays.copyOf(first, first.length + key.length);
    System.arraycopy(key, 0, content, first.length, key.length);
    return content;
  }

  private void removeOthers() throws IOException {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(file.resolveSibling("."), "*.port")) {
      for (Path other : files) {
        if (hasSameKey(other)) Files.deleteIfExists(other);
      }
    }
  }

  private boolean hasSameKey(Path other) throws IOException {
    try {
      byte[] bytes = Files.readAllBytes(other);
      int lineEnd = 0;
      while (lineEnd < bytes.length && bytes[lineEnd] != '\n') lineEnd++;
      int start = Math.min(lineEnd + 1, bytes.length);
      return Arrays.equals(bytes, start, bytes.length, key, 0, key.length);
    } catch (NoSuchFileException e) {
      return false; // its JVM has left
    }
  }

  /** Whether it still stands: another JVM with the same key takes it away. */
  boolean stands() {
    return Files.exists(file);
  }

  /** Takes it away, so that no launcher comes any more. */
  void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // the folder is gone, or closed to us: a launcher finds nobody there, and starts another
    }
  }
}
