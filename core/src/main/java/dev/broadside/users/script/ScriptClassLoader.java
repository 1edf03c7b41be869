package dev.broadside.users.script;

import dev.broadside.users.Transaction;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.cert.Certificate;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loads what was compiled from a script itself, so that a class of the same name on the class path
 * does not take its place; all else from the parent first, then from the script's folders and jars.
 */
final class ScriptClassLoader extends URLClassLoader {
  static {
    registerAsParallelCapable();
  }

  private final Map<String, byte[]> compiled;
  private final CodeSource source;

  private ScriptClassLoader(
      Path script, Map<String, byte[]> compiled, Collection<Path> places, ClassLoader parent) {
    super("script", places.stream().map(ScriptClassLoader::url).toArray(URL[]::new), parent);
    this.compiled = compiled;
    this.source = new CodeSource(url(script), (Certificate[]) null);
  }

  /** For a jar. */
  static ScriptClassLoader of(Collection<Path> places, Path script) {
    return new ScriptClassLoader(script, Map.of(), places, parent());
  }

  /** For compiled classes, by name. */
  static ScriptClassLoader of(Map<String, byte[]> compiled, Collection<Path> places, Path script) {
    return new ScriptClassLoader(script, Map.copyOf(compiled), places, parent());
  }

  /** The context class loader if it knows this library, else the library's own. */
  static ClassLoader parent() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context != null && knowsTransaction(context)
        ? context
        : Transaction.class.getClassLoader();
  }

  private static boolean knowsTransaction(ClassLoader loader) {
    try {
      return loader.loadClass(Transaction.class.getName()) == Transaction.class;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private static URL url(Path place) {
    try {
      return place.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new AssertionError("a file is always a URL: " + place, e);
    }
  }

  /** The script's transaction; closes this loader if it cannot be loaded. */
  LoadedScript load(ScriptReference script, String className) {
    try {
      return new LoadedScript(script, className, this, this);
    } catch (RuntimeException | Error e) {
      closeAfter(e);
      throw e;
    }
  }

  void closeAfter(Throwable failure) {
    try {
      close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    byte[] bytes = compiled.get(name);
    return bytes == null ? super.loadClass(name, resolve) : defined(name, bytes);
  }

  private Class<?> defined(String name, byte[] bytes) {
    synchronized (getClassLoadingLock(name)) {
      @Nullable Class<?> known = findLoadedClass(name);
      return known != null ? known : defineClass(name, bytes, 0, bytes.length, source);
    }
  }
}
