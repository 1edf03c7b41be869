package dev.broadside.messaging;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A listening Unix socket and its file, which only its owner may use: it is bound in a private
 * folder, made 0600 there, and only then linked to its path, so nobody can come before.
 */
final class UnixServer {
  private static final int BACKLOG = 1024;
  private static final int FILE_TYPE = 0170000;
  private static final int SOCKET = 0140000;
  private static final int TRIES = 10;

  /** In one process, one binds at a time; between processes the file system decides. */
  private static final Object BINDING = new Object();

  private final Path path;
  private final ServerSocketChannel channel;
  private final Object identity;

  private UnixServer(Path path, ServerSocketChannel channel, Object identity) {
    this.path = path;
    this.channel = channel;
    this.identity = identity;
  }

  /**
   * Binds the path. A socket file that nobody listens at is replaced.
   *
   * @throws MessagingException in words, when somebody listens there, or it cannot be made
   */
  static UnixServer bind(Path path) {
    synchronized (BINDING) {
      try {
        refuseWhatIsUsed(path);
        Path room = makeRoom(path);
        try {
          return bindIn(room, path);
        } finally {
          delete(room);
        }
      } catch (IOException e) {
        throw new MessagingException(inWords(path, e), e);
      }
    }
  }

  /** The first look, before anything is made; another process may remove what is there. */
  private static void refuseWhatIsUsed(Path path) throws IOException {
    try {
      if (exists(path)) requireLeftover(path);
    } catch (NoSuchFileException e) {
      // gone since
    }
  }

  private static String inWords(Path path, IOException failure) {
    Path folder = folderOf(path);
    if (failure instanceof NoSuchFileException) {
      return Files.exists(folder)
          ? "cannot make a socket in " + folder + ": no files can be made there" // as in /proc
          : "there is no folder " + folder;
    }
    if (failure instanceof AccessDeniedException) return "no permission to write into " + folder;
    return Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getName());
  }

  private static Path folderOf(Path path) {
    Path folder = path.getParent();
    return folder == null ? Path.of(".") : folder;
  }

  private static Path makeRoom(Path path) throws IOException {
    for (int i = 0; ; i++) {
      int number = ThreadLocalRandom.current().nextInt(36 * 36 * 36, 36 * 36 * 36 * 36);
      Path room = path.resolveSibling("." + Integer.toString(number, 36));
      int bytes = inside(room).toString().getBytes(StandardCharsets.UTF_8).length;
      if (bytes > UnixSockets.MAX_PATH_BYTES) {
        throw new MessagingException(
            "its folder's path is so long that no private socket can be made there first");
      }
      try {
        return privateFolder(room);
      } catch (FileAlreadyExistsException e) {
        if (i >= TRIES) throw e;
      }
    }
  }

  private static Path privateFolder(Path room) throws IOException {
    try {
      return Files.createDirectory(
          room, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (UnsupportedOperationException e) {
      return Files.createDirectory(room); // no such permissions here
    }
  }

  private static Path inside(Path room) {
    return room.resolve("s");
  }

  private static UnixServer bindIn(Path room, Path path) throws IOException {
    Path own = inside(room);
    ServerSocketChannel channel = open();
    try {
      channel.bind(UnixDomainSocketAddress.of(own), BACKLOG);
      channel.configureBlocking(false);
      makePrivate(own);
      publish(own, path, room);
      return new UnixServer(path, channel, identity(path));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    } finally {
      delete(own);
    }
  }

  private static ServerSocketChannel open() throws IOException {
    try {
      return ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    } catch (UnsupportedOperationException e) {
      throw new IOException("this system has no Unix sockets", e);
    }
  }

  private static void makePrivate(Path file) throws IOException {
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } catch (UnsupportedOperationException e) {
      // the folder was all that could be kept private
    }
  }

  private static void publish(Path own, Path path, Path room) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      if (link(path, own)) return;
      removeLeftover(path, room.resolve("o"));
    }
    throw inUse();
  }

  /** Gives the file a second name, unless that is taken: of two that try, one succeeds. */
  private static boolean link(Path path, Path own) throws IOException {
    try {
      Files.createLink(path, own);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException | FileSystemException e) {
      if (exists(path)) return false;
      Files.move(own, path); // where sockets cannot be linked
      return true;
    }
  }

  /** Takes the file away first and looks at it then: it may be another one by now. */
  private static void removeLeftover(Path path, Path aside) throws IOException {
    try {
      Object leftover = identity(path);
      requireLeftover(path);
      Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE);
      if (!identity(aside).equals(leftover)) {
        boolean unused = link(path, aside); // somebody was faster
        throw inUse();
      }
    } catch (NoSuchFileException e) {
      // somebody else has removed it
    } finally {
      delete(aside);
    }
  }

  private static void requireLeftover(Path path) throws IOException {
    if (!isSocket(path)) {
      throw new MessagingException("there is a file of that name, and it is not a socket");
    }
    if (isListening(path)) throw inUse();
  }

  private static boolean isSocket(Path path) throws IOException {
    try {
      Object mode = Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      return ((Integer) mode & FILE_TYPE) == SOCKET;
    } catch (UnsupportedOperationException e) {
      return attributes(path).isOther();
    }
  }

  private static boolean isListening(Path path) throws IOException {
    try (SocketChannel probe = UnixSockets.openChannel()) {
      probe.configureBlocking(false); // a full queue must not hold us
      boolean unused = probe.connect(UnixDomainSocketAddress.of(path));
      return true;
    } catch (ConnectException e) {
      return false; // refused
    } catch (SocketException e) {
      if (UnixSockets.ABSENT.equals(e.getMessage())) return false;
      if (UnixSockets.QUEUE_FULL.equals(e.getMessage())) return true;
      throw e;
    }
  }

  private static MessagingException inUse() {
    return new MessagingException("it is in use, somebody listens there");
  }

  private static boolean exists(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  /** The inode, where there are such; one that is open is not given to another file. */
  private static Object identity(Path path) throws IOException {
    BasicFileAttributes attributes = attributes(path);
    @Nullable Object key = attributes.fileKey();
    return key == null ? attributes.creationTime() : key;
  }

  private static void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  ServerSocketChannel channel() {
    return channel;
  }

  /** Removes the file, if it is still the one that was made here, and listens no more. */
  void close() throws IOException {
    try (channel) {
      if (exists(path) && identity(path).equals(identity)) delete(path);
    }
  }
}
