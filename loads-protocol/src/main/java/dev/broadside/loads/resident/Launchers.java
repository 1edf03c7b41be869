package dev.broadside.loads.resident;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers the launchers. One thread, that of {@link #serve}, owns the server socket and every
 * connection; a user runs on a thread of its own, which hands its exit code back through a queue.
 *
 * <p>A user is begun when its launcher has said {@code go}, which it does when it was told {@code
 * accepted} in time. One that gave up, and went to another JVM, has closed the connection instead:
 * so no user is ever run twice, however late this JVM answers.
 */
final class Launchers {
  private static final Logger LOG = System.getLogger(Launchers.class.getName());
  private static final int BACKLOG = 4096;
  private static final long TICK_MILLIS = 100;
  private static final long SHY_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long REFUSED_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int CODE_NOT_BEGUN = 143;
  private static final Pattern INTRODUCTION =
      Pattern.compile("([0-9a-f]+) ([0-9]{1,9}) ([0-9]{1,9}) ([0-9]{1,6})");

  private final PortFile portFile;
  private final UserStarter starter;
  private final BooleanSupplier outdated;
  private final long idleNanos;
  private final Selector selector;
  private final ServerSocketChannel server;
  private final Set<Launcher> launchers = new HashSet<>();
  private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();
  private final Set<UserThread> users = ConcurrentHashMap.newKeySet(); // read by others
  private boolean leaving;
  private long busyNanos = System.nanoTime();
  private volatile boolean aborted;

  /** What a user's thread leaves for the owner of the connections. */
  private record Ended(Launcher launcher, int code) {}

  private Launchers(
      PortFile portFile, UserStarter starter, BooleanSupplier outdated, long idleNanos)
      throws IOException {
    this.portFile = portFile;
    this.starter = starter;
    this.outdated = outdated;
    this.idleNanos = idleNanos;
    selector = Selector.open();
    server = ServerSocketChannel.open();
    server.bind(
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), BACKLOG);
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
  }

  /**
   * Listens on a loopback port of the system's choice.
   *
   * @param outdated whether this JVM should take no more users; asked for each launcher
   * @param idleNanos how long to wait for a user before leaving
   */
  static Launchers listen(
      PortFile portFile, UserStarter starter, BooleanSupplier outdated, long idleNanos)
      throws IOException {
    return new Launchers(portFile, starter, outdated, idleNanos);
  }

  int port() throws IOException {
    return ((InetSocketAddress) server.getLocalAddress()).getPort();
  }

  /** Serves until it is idle, replaced or outdated and the last user has ended, or aborted. */
  void serve() throws IOException {
    long ticked = System.nanoTime();
    while (!aborted && !(leaving && users.isEmpty() && launchers.isEmpty())) {
      selector.select(TICK_MILLIS);
      serveReady();
      tellEnded();
      long now = System.nanoTime();
      if (now - ticked < TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS)) continue;
      ticked = now;
      tick(now);
    }
    leave();
    for (Launcher launcher : launchers) launcher.close();
    selector.close();
  }

  /** The users that run now; for any thread. */
  Set<UserThread> users() {
    return Set.copyOf(users);
  }

  /** Ends every connection at once, without a word; from any thread. */
  void abort() {
    aborted = true;
    selector.wakeup();
  }

  private void serveReady() throws IOException {
    Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
    while (ready.hasNext()) {
      SelectionKey key = ready.next();
      ready.remove();
      if (!key.isValid()) continue;
      if (key.isAcceptable()) acceptWaiting();
      else if (key.attachment() instanceof Launcher launcher) serve(launcher);
    }
  }

  /** With no file left to open they wait, and go elsewhere if they wait for long. */
  private void acceptWaiting() {
    try {
      acceptAll();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "cannot accept a launcher", e);
      LockSupport.parkNanos(REFUSED_NANOS);
    }
  }

  private void acceptAll() throws IOException {
    for (SocketChannel channel; (channel = server.accept()) != null; ) {
      channel.configureBlocking(false);
      Launcher launcher = new Launcher(channel, System.nanoTime());
      channel.register(selector, SelectionKey.OP_READ, launcher);
      launchers.add(launcher);
    }
  }

  private void serve(Launcher launcher) {
    try {
      boolean open = launcher.read();
      for (String line; (line = launcher.nextLine()) != null; ) {
        if (!answer(launcher, line)) open = false;
      }
      if (!open) gone(launcher);
    } catch (IOException e) {
      gone(launcher);
    }
  }

  /** Whether the conversation goes on. */
  private boolean answer(Launcher launcher, String line) throws IOException {
    return switch (launcher.stage()) {
      case CONNECTED -> introduce(launcher, line);
      case ACCEPTED -> begin(launcher, line);
      case RUNNING -> passOn(launcher, line);
    };
  }

  private boolean introduce(Launcher launcher, String line) throws IOException {
    LauncherProcess process = trusted(line);
    if (process == null) return false;
    if (!leaving && (!portFile.stands() || outdated.getAsBoolean())) leave();
    if (leaving) return false; // it starts a successor
    if (!process.workingFolder().equals(ownFolder())) {
      launcher.send("refused " + portFile.secret());
      return false;
    }
    launcher.accepted(process);
    launcher.send("accepted " + portFile.secret());
    return true;
  }

  private static Path ownFolder() throws IOException {
    return Path.of("/proc/self/cwd").toRealPath();
  }

  /** Who introduces itself; null if it does not know the token or belongs to somebody else. */
  private @Nullable LauncherProcess trusted(String line) throws IOException {
    var words = INTRODUCTION.matcher(line);
    if (!words.matches() || !isToken(words.group(1))) return null;
    LauncherProcess process =
        new LauncherProcess(
            Long.parseLong(words.group(2)),
            Long.parseLong(words.group(3)),
            Integer.parseInt(words.group(4)));
    return process.isOfThisUser() ? process : null;
  }

  private boolean isToken(String shown) {
    byte[] token = portFile.token().getBytes(StandardCharsets.US_ASCII);
    return MessageDigest.isEqual(token, shown.getBytes(StandardCharsets.US_ASCII));
  }

  /** Says that it was told to go, or of a signal that came before. */
  private boolean begin(Launcher launcher, String line) throws IOException {
    if (!line.equals("go")) {
      launcher.send(Integer.toString(CODE_NOT_BEGUN));
      return false;
    }
    LauncherProcess process = launcher.process();
    if (process == null) throw new AssertionError("accepted without a process");
    UserThread user = UserThread.start(process, starter, code -> tell(new Ended(launcher, code)));
    users.add(user);
    launcher.running(user);
    return true;
  }

  private static boolean passOn(Launcher launcher, String signal) {
    UserThread user = launcher.user();
    if (user != null) user.stop("SIG" + signal);
    return true;
  }

  private void tell(Ended user) {
    ended.add(user);
    selector.wakeup();
  }

  private void tellEnded() {
    for (Ended user; (user = ended.poll()) != null; ) {
      UserThread thread = user.launcher.user();
      if (thread != null) users.remove(thread);
      busyNanos = System.nanoTime();
      try {
        if (launchers.contains(user.launcher)) user.launcher.send(Integer.toString(user.code));
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "a launcher has gone as its user ended", e);
      }
      forget(user.launcher);
    }
  }

  /** The end of a launcher is the end of its user. */
  private void gone(Launcher launcher) {
    forget(launcher);
    UserThread user = launcher.user();
    if (user != null) user.stop("its launcher has ended");
  }

  private void forget(Launcher launcher) {
    launcher.close();
    launchers.remove(launcher);
  }

  private void tick(long now) {
    if (!users.isEmpty()) busyNanos = now;
    for (Launcher launcher : List.copyOf(launchers)) watch(launcher, now);
    if (!portFile.stands() || now - busyNanos > idleNanos) leave();
  }

  private void watch(Launcher launcher, long now) {
    LauncherProcess process = launcher.process();
    UserThread user = launcher.user();
    if (user == null) {
      if (now - launcher.connectedNanos() > SHY_NANOS) gone(launcher);
    } else if (process != null && process.isOrphan()) {
      user.stop("the parent of its launcher has ended");
    }
  }

  /** Takes no more users. Those that knock already find the door closed, and go elsewhere. */
  private void leave() {
    if (leaving) return;
    leaving = true;
    portFile.remove();
    try {
      server.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "cannot stop listening", e);
    }
    List<Launcher> unknown = new ArrayList<>(launchers);
    unknown.removeIf(launcher -> launcher.stage() != Launcher.Stage.CONNECTED);
    unknown.forEach(this::forget);
  }
}
