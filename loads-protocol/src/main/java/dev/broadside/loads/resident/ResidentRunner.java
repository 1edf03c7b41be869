package dev.broadside.loads.resident;

import dev.broadside.loads.launch.RunnerArguments;
import dev.broadside.loads.launch.TestFinder;
import dev.broadside.loads.launch.UserClassPath;
import dev.broadside.loads.launch.WrongArgumentsException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The JVM behind the script {@code loads-java}, which starts it with three arguments: its private
 * folder, its name in there, and the class path. It serves until it has been idle for a while.
 */
public final class ResidentRunner {
  private static final String IDLE = "BROADSIDE_IDLE";
  private static final long IDLE_SECONDS = 60;

  private ResidentRunner() {}

  /** Started by the script. */
  public static void main(String[] arguments) {
    if (arguments.length != 3) {
      System.err.println("started by the script loads-java, and by nothing else");
      System.exit(2);
    }
    try {
      serve(arguments);
      System.exit(0); // threads that tests have left behind do not keep it
    } catch (IOException | WrongArgumentsException e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static void serve(String[] arguments) throws IOException, WrongArgumentsException {
    String classPath = arguments[2];
    String everything = System.getProperty("java.class.path") + File.pathSeparator + classPath;
    SharedContexts contexts = new SharedContexts(System::nanoTime);
    SharedArrivals arrivals = new SharedArrivals(System::nanoTime);
    TestFinder finder = finder(classPath);
    Residence.serve(
        Path.of(arguments[0]),
        arguments[1],
        launcher -> new LoadsUser(launcher, finder, contexts, arrivals),
        ClassPathState.of(everything, System::nanoTime)::hasChanged,
        idleNanos(),
        () -> WarmUp.start(finder.classLoader()));
  }

  /** All users share their classes, and so their statics. */
  private static TestFinder finder(String classPath) throws WrongArgumentsException {
    Path folder = Path.of("").toAbsolutePath();
    RunnerArguments arguments =
        RunnerArguments.parse(List.of("--classpath", classPath, "any"), Map.of());
    return new TestFinder(new UserClassPath(arguments.classPathIn(folder)), folder);
  }

  private static long idleNanos() {
    String seconds = System.getenv(IDLE);
    try {
      if (seconds != null) return TimeUnit.SECONDS.toNanos(Long.parseLong(seconds.strip()));
    } catch (NumberFormatException e) {
      System.err.println(IDLE + " is \"" + seconds + "\", not a number of seconds");
    }
    return TimeUnit.SECONDS.toNanos(IDLE_SECONDS);
  }
}
