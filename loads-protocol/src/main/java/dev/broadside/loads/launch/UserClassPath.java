package dev.broadside.loads.launch;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.PermissionCollection;
import java.security.Permissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loads the classes of tests. Of this library they share {@code dev.broadside}, so that a
 * transaction is one to both sides; the libraries inside of our jar are hidden from them, since
 * they may bring their own. The adapter for JUnit is defined here, in their midst, from the bytes
 * in our jar, since it has to fit the JUnit that they bring. Thread-safe.
 */
public final class UserClassPath extends URLClassLoader {
  private static final String HOUSE = "dev.broadside.";
  private static final String ADAPTER = "dev.broadside.loads.junit.";

  static {
    registerAsParallelCapable();
  }

  private final List<Path> places;
  private final ClassLoader own;

  /** A loader of these folders and jars; one that is missing is no error. */
  public UserClassPath(List<Path> places) {
    this(places, UserClassPath.class.getClassLoader());
  }

  UserClassPath(List<Path> places, ClassLoader own) {
    super("tests", urls(places), ClassLoader.getPlatformClassLoader());
    this.places = List.copyOf(places);
    this.own = own;
  }

  private static URL[] urls(List<Path> places) {
    URL[] urls = new URL[places.size()];
    for (int i = 0; i < urls.length; i++) {
      try {
        urls[i] = places.get(i).toUri().toURL();
      } catch (MalformedURLException e) {
        throw new AssertionError("a file is always a URL: " + places.get(i), e);
      }
    }
    return urls;
  }

  /** The folders and jars. */
  public List<Path> places() {
    return places;
  }

  /** Those that are not there. */
  List<Path> missing() {
    List<Path> missing = new ArrayList<>();
    for (Path place : places) if (Files.notExists(place)) missing.add(place);
    return missing;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(HOUSE)) return super.loadClass(name, resolve);
    if (name.startsWith(ADAPTER)) {
      Class<?> adapter = adapter(name);
      if (adapter != null) return adapter;
    }
    try {
      return own.loadClass(name);
    } catch (ClassNotFoundException e) {
      return super.loadClass(name, resolve); // a package of the user's that is called like ours
    }
  }

  /** None are asked for any more; to find them costs every start a file and its grammar. */
  @Override
  protected PermissionCollection getPermissions(CodeSource source) {
    return new Permissions();
  }

  private @Nullable Class<?> adapter(String name) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      @Nullable Class<?> known = findLoadedClass(name);
      if (known != null) return known;
      byte[] bytes = bytesOf(name);
      return bytes == null ? null : defineClass(name, bytes, 0, bytes.length, (CodeSource) null);
    }
  }

  private byte @Nullable [] bytesOf(String name) throws ClassNotFoundException {
    try (InputStream in = own.getResourceAsStream(name.replace('.', '/') + ".class")) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
