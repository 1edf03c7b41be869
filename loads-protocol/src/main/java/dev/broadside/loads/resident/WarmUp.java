package dev.broadside.loads.resident;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;

/** Loads what the first JUnit test would otherwise pay for, if there is JUnit on the class path. */
final class WarmUp {
  private static final Logger LOG = System.getLogger(WarmUp.class.getName());
  private static final String LAUNCHER = "org.junit.platform.launcher.Launcher";
  private static final String ADAPTER = "dev.broadside.loads.junit.JUnitSuite";

  private WarmUp() {}

  /** On a thread of its own: the first user may come meanwhile. */
  static void start(ClassLoader loader) {
    Thread thread = new Thread(() -> warmUp(loader), "warm-up");
    thread.setContextClassLoader(loader);
    thread.setDaemon(true);
    thread.start();
  }

  private static void warmUp(ClassLoader loader) {
    try {
      Class.forName(LAUNCHER, false, loader);
      Class.forName(ADAPTER, true, loader).getMethod("warmUp").invoke(null);
    } catch (ClassNotFoundException e) {
      LOG.log(Level.DEBUG, "there is no JUnit to warm up", e);
    } catch (InvocationTargetException e) {
      LOG.log(Level.DEBUG, "JUnit does not work; its first user is told why", e.getCause());
    } catch (ReflectiveOperationException | LinkageError e) {
      LOG.log(Level.DEBUG, "JUnit does not work; its first user is told why", e);
    }
  }
}
