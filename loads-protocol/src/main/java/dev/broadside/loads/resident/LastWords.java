package dev.broadside.loads.resident;

import java.util.Map;

/**
 * What is done when somebody ends the JVM under its users, by {@link System#exit} or a signal: the
 * launchers are let go at once, before other shutdown hooks take their time, and every user's log
 * says who it was.
 */
final class LastWords {
  private final Launchers launchers;
  private final PortFile portFile;

  LastWords(Launchers launchers, PortFile portFile) {
    this.launchers = launchers;
    this.portFile = portFile;
  }

  /** Has them said when the JVM ends; without users there are none. */
  void sayAtEnd() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::say, "resident-last-words"));
  }

  private void say() {
    portFile.remove();
    String reason = "the JVM " + ProcessHandle.current().pid() + " ends: " + reason();
    launchers.abort(); // not before: the main thread then calls exit, too
    for (UserThread user : launchers.users()) user.lost(reason);
  }

  /** The thread that has called exit waits inside of it for this hook. */
  private static String reason() {
    for (Map.Entry<Thread, StackTraceElement[]> thread : Thread.getAllStackTraces().entrySet()) {
      StackTraceElement[] stack = thread.getValue();
      for (int i = 0; i + 1 < stack.length; i++) {
        if (isExit(stack[i]) && !isExit(stack[i + 1]))
          return thread.getKey().getName() + " called it at " + stack[i + 1];
      }
    }
    return "it was told to by a signal";
  }

  private static boolean isExit(StackTraceElement frame) {
    String type = frame.getClassName();
    boolean ends = type.equals("java.lang.System") || type.equals("java.lang.Runtime");
    return ends && frame.getMethodName().equals("exit");
  }
}
