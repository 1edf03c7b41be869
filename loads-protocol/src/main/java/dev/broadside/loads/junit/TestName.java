package dev.broadside.loads.junit;

import org.jspecify.annotations.Nullable;

/** The class, and perhaps the method, that a name of tests means. */
record TestName(Class<?> type, @Nullable String method) {

  /** A class of the whole name first, then the last segment as a method. */
  static TestName find(String name, ClassLoader loader) {
    int hash = name.indexOf('#');
    if (hash >= 0) return method(name, hash, loader);
    Class<?> type = load(name, loader);
    return type == null ? method(name, name.lastIndexOf('.'), loader) : new TestName(type, null);
  }

  private static TestName method(String name, int end, ClassLoader loader) {
    if (end < 1) throw new IllegalArgumentException("there is no class " + name);
    String className = name.substring(0, end);
    String method = name.substring(end + 1);
    Class<?> type = load(className, loader);
    if (type == null) throw new IllegalArgumentException(notFound(name, className));
    if (method.isEmpty()) throw new IllegalArgumentException(name + " names no method");
    return new TestName(type, method);
  }

  private static String notFound(String name, String className) {
    boolean dotted = name.indexOf('#') < 0;
    return "there is no class " + (dotted ? name + ", and no class " : "") + className;
  }

  private static @Nullable Class<?> load(String name, ClassLoader loader) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException e) {
      return null;
    } catch (LinkageError e) {
      throw new IllegalArgumentException("class " + name + " cannot be loaded: " + e, e);
    }
  }

  @Override
  public String toString() {
    return method == null ? type.getName() : type.getName() + "." + method;
  }
}
