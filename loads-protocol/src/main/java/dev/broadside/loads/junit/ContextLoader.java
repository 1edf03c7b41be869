package dev.broadside.loads.junit;

/** Sets the context loader of a thread, where JUnit looks for engines and classes, for a while. */
final class ContextLoader implements AutoCloseable {
  private final ClassLoader before = Thread.currentThread().getContextClassLoader();

  private ContextLoader() {}

  static ContextLoader set(ClassLoader loader) {
    ContextLoader scope = new ContextLoader();
    Thread.currentThread().setContextClassLoader(loader);
    return scope;
  }

  @Override
  public void close() {
    Thread.currentThread().setContextClassLoader(before);
  }
}
