package dev.broadside.loads.junit;

import dev.broadside.loads.LoadsSuite;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Sees tests and a JUnit of its own; shares the library but for the adapter, which it defines. */
final class UserLoader extends URLClassLoader {
  private static final String HOUSE = "dev.broadside.";
  private static final String ADAPTER = "dev.broadside.loads.junit.";

  UserLoader(List<Path> places) throws MalformedURLException {
    super(urls(places), ClassLoader.getPlatformClassLoader());
  }

  private static URL[] urls(List<Path> places) throws MalformedURLException {
    URL[] urls = new URL[places.size()];
    for (int i = 0; i < urls.length; i++) urls[i] = places.get(i).toUri().toURL();
    return urls;
  }

  /** With a JUnit, and the tests in {@code com.acme}. */
  static UserLoader of(JUnitVersion version, Path... more) throws Exception {
    List<Path> places = new ArrayList<>(version.jars());
    places.addAll(List.of(more));
    places.add(JUnitVersion.placeOf(UserLoader.class));
    return new UserLoader(places);
  }

  LoadsSuite suite(String test) throws Exception {
    return (LoadsSuite)
        loadClass(JUnitSuite.class.getName()).getConstructor(String.class).newInstance(test);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(HOUSE)) return super.loadClass(name, resolve);
    if (!name.startsWith(ADAPTER)) return getClass().getClassLoader().loadClass(name);
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known != null ? known : define(name);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    String file = name.replace('.', '/') + ".class";
    try (InputStream in = getClass().getClassLoader().getResourceAsStream(file)) {
      if (in == null) throw new ClassNotFoundException(name);
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
