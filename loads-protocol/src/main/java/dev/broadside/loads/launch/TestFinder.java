package dev.broadside.loads.launch;

import dev.broadside.loads.LoadsSuite;
import dev.broadside.users.Transaction;
import dev.broadside.users.script.LoadedScript;
import dev.broadside.users.script.ScriptException;
import dev.broadside.users.script.ScriptLoader;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds what the name of a test stands for: a class that is a {@link Transaction}, else a class or
 * a method of JUnit tests ({@code com.acme.MyTest}, {@code com.acme.MyTest#method}, {@code
 * com.acme.MyTest.method}), else a transaction in a file ({@code Checkout.java}, {@code
 * lib/checkout.jar#com.acme.Checkout}). Thread-safe.
 */
public final class TestFinder {
  private static final String ADAPTER = "dev.broadside.loads.junit.JUnitSuite";
  private static final String LAUNCHER = "org.junit.platform.launcher.Launcher";
  private static final String ENGINE = "org.junit.platform.engine.TestEngine";

  private final UserClassPath classPath;
  private final Path folder;

  /**
   * A finder.
   *
   * @param classPath where classes are; closed by its owner, after the last test
   * @param folder where the names of files start
   */
  public TestFinder(UserClassPath classPath, Path folder) {
    this.classPath = Objects.requireNonNull(classPath, "classPath");
    this.folder = Objects.requireNonNull(folder, "folder");
  }

  /** What the tests are loaded with; the context class loader of their threads. */
  public ClassLoader classLoader() {
    return classPath;
  }

  /**
   * Finds a test. Nothing of it is run yet.
   *
   * @throws TestNotFoundException if that fails, in words for its author
   */
  public FoundTest find(String test) throws TestNotFoundException {
    if (isFile(test)) return new FoundTest.OfTransaction(test, script(test));
    int hash = test.indexOf('#');
    Class<?> type = hash < 0 ? classNamed(test) : required(test, test.substring(0, hash));
    if (type == null) return suite(test, ofMethod(test), test.substring(test.lastIndexOf('.') + 1));
    if (hash >= 0) return suite(test, type, test.substring(hash + 1));
    if (!Transaction.class.isAssignableFrom(type)) return suite(test, type, null);
    return new FoundTest.OfTransaction(test, transaction(type.asSubclass(Transaction.class)));
  }

  private static boolean isFile(String test) {
    String text = test.toLowerCase(Locale.ROOT);
    return text.endsWith(".java")
        || text.endsWith(".jar")
        || text.contains(".java#")
        || text.contains(".jar#");
  }

  private LoadedScript script(String test) throws TestNotFoundException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(classPath); // what a script is compiled against
    try {
      return ScriptLoader.load(test, folder);
    } catch (ScriptException e) {
      throw new TestNotFoundException(message(e), null);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static LoadedScript transaction(Class<? extends Transaction> type)
      throws TestNotFoundException {
    try {
      return ScriptLoader.of(type);
    } catch (ScriptException e) {
      throw new TestNotFoundException(message(e), null);
    }
  }

  /** The class of {@code com.acme.MyTest.method}. */
  private Class<?> ofMethod(String test) throws TestNotFoundException {
    int dot = test.lastIndexOf('.');
    return required(test, dot < 0 ? test : test.substring(0, dot));
  }

  private Class<?> required(String test, String name) throws TestNotFoundException {
    Class<?> type = classNamed(name);
    if (type != null) return type;
    throw new TestNotFoundException(notFound(test, name), null);
  }

  /** A nested class may have dots, as in Loads, where Java has {@code $}. */
  private @Nullable Class<?> classNamed(String name) throws TestNotFoundException {
    String binary = name;
    Class<?> type = loaded(binary);
    for (int dot = name.lastIndexOf('.'); type == null && dot > 0; dot = binary.lastIndexOf('.')) {
      binary = binary.substring(0, dot) + '$' + binary.substring(dot + 1);
      type = loaded(binary);
    }
    return type;
  }

  private @Nullable Class<?> loaded(String name) throws TestNotFoundException {
    try {
      return Class.forName(name, false, classPath);
    } catch (ClassNotFoundException e) {
      return null;
    } catch (LinkageError e) {
      throw new TestNotFoundException("class " + name + " cannot be loaded: " + e, null);
    }
  }

  private String notFound(String test, String name) {
    StringBuilder text = new StringBuilder("test ").append(test).append(": no class ");
    text.append(name.equals(test) ? test : name.length() < test.length() ? both(test, name) : name);
    List<Path> places = classPath.places();
    if (places.isEmpty()) {
      text.append("; no class path was given");
    } else {
      text.append("; looked in");
      for (int i = 0; i < places.size(); i++) {
        text.append(i == 0 ? " " : ", ").append(places.get(i));
        if (!places.get(i).toFile().exists()) text.append(" (missing)");
      }
    }
    return text.append(
            "; the class path is --classpath, else the variable BROADSIDE_CLASSPATH, else"
                + " CLASSPATH")
        .toString();
  }

  private static String both(String test, String name) {
    return test.indexOf('#') >= 0 ? name : test + ", nor a class " + name + " with such a method";
  }

  /** Without a method, all of the class. */
  private FoundTest suite(String test, Class<?> type, @Nullable String method)
      throws TestNotFoundException {
    if (Transaction.class.isAssignableFrom(type)) {
      throw new TestNotFoundException(
          "test " + test + ": " + type.getName() + " is a transaction; it is run whole", null);
    }
    requireLauncher(type);
    try {
      Class<?> adapter = Class.forName(ADAPTER, true, classPath);
      Object suite = adapter.getConstructor(String.class).newInstance(nameOf(type, method));
      return new FoundTest.OfSuite(test, (LoadsSuite) suite);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getTargetException();
      throw new TestNotFoundException(
          "test " + test + ": " + message(cause), isInWords(cause) ? null : cause);
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new TestNotFoundException("test " + test + ": cannot be run by JUnit: " + e, e);
    }
  }

  private static String nameOf(Class<?> type, @Nullable String method) {
    return method == null ? type.getName() : type.getName() + "#" + method;
  }

  /** What JUnitSuite throws itself, to tell its user what is wrong. */
  private static boolean isInWords(Throwable fault) {
    return fault instanceof IllegalArgumentException || fault instanceof IllegalStateException;
  }

  private static String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.toString() : message;
  }

  private void requireLauncher(Class<?> type) throws TestNotFoundException {
    if (has(LAUNCHER)) return;
    String fault = type.getName() + " is no " + Transaction.class.getName();
    if (!has(ENGINE)) {
      throw new TestNotFoundException(
          fault
              + ", and there is no JUnit on the class path to run it as a test; JUnit needs an"
              + " engine, as org.junit.jupiter:junit-jupiter-engine, and"
              + " org.junit.platform:junit-platform-launcher",
          null);
    }
    throw new TestNotFoundException(
        fault
            + "; to run it as a JUnit test, add org.junit.platform:junit-platform-launcher:"
            + engineVersion()
            + " to the class path, where JUnit's engine is already",
        null);
  }

  private boolean has(String name) {
    try {
      return Class.forName(name, false, classPath) != null;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  /** The launcher has to be of the version of {@code junit-platform-engine}. */
  private String engineVersion() {
    return JarVersion.of("junit-platform-engine", ENGINE, classPath);
  }
}
