package dev.broadside.loads.resident;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The thread of one user, and how to end it. {@link #stop} is for any thread. */
final class UserThread {
  private static final Logger LOG = System.getLogger(UserThread.class.getName());
  private static final int FAILED = 1;

  private final LauncherProcess launcher;
  private final UserStarter starter;
  private final IntConsumer ended;
  private @Nullable ResidentUser user; // both under this object's lock
  private @Nullable String stopReason;

  private UserThread(LauncherProcess launcher, UserStarter starter, IntConsumer ended) {
    this.launcher = launcher;
    this.starter = starter;
    this.ended = ended;
  }

  /**
   * Starts a user.
   *
   * @param ended gets the exit code, on the user's thread
   */
  static UserThread start(LauncherProcess launcher, UserStarter starter, IntConsumer ended) {
    UserThread user = new UserThread(launcher, starter, ended);
    Thread thread = new Thread(user::run, "user-" + launcher.pid());
    thread.setDaemon(true);
    thread.start();
    return user;
  }

  private void run() {
    int code = FAILED;
    try {
      code = runPrepared(starter.prepare(launcher));
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "launcher " + launcher.pid() + " has gone before its user began", e);
    } catch (Throwable e) { // whatever a test throws is its user's own trouble
      LOG.log(Level.ERROR, "the user of launcher " + launcher.pid() + " failed", e);
    } finally {
      ended.accept(code);
    }
  }

  private int runPrepared(ResidentUser prepared) throws Exception {
    synchronized (this) {
      user = prepared;
      if (stopReason != null) prepared.stop(stopReason);
    }
    return prepared.run();
  }

  /** Has the user tell that the JVM ends under it. */
  void lost(String reason) {
    ResidentUser lost;
    synchronized (this) {
      lost = user;
    }
    if (lost != null) lost.lost(reason);
  }

  /** Ends the user in order, whether it has begun or not. */
  synchronized void stop(String reason) {
    if (stopReason != null) return;
    stopReason = reason;
    if (user != null) user.stop(reason);
  }
}
