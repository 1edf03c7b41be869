package dev.broadside.users.script;

/** Finds classes by name and says in words why one cannot be had. */
final class ScriptClasses {
  private ScriptClasses() {}

  /** Loads a class without initializing it. */
  static <T> Class<? extends T> load(
      ScriptReference script, String className, Class<T> kind, ClassLoader loader) {
    Class<?> type = load(script, className, loader);
    if (kind.isAssignableFrom(type)) return type.asSubclass(kind);
    throw new ScriptException(
        "script " + script.text() + ": " + className + " does not implement " + kind.getName());
  }

  private static Class<?> load(ScriptReference script, String className, ClassLoader loader) {
    try {
      return Class.forName(className, false, loader);
    } catch (ClassNotFoundException e) {
      throw new ScriptException(missing(script, className), e);
    } catch (LinkageError e) {
      throw new ScriptException(
          "script " + script.text() + ": class " + className + " cannot be loaded: " + e, e);
    }
  }

  private static String missing(ScriptReference script, String className) {
    return switch (script.kind()) {
      case CLASS ->
          "no class "
              + className
              + " on the class path or the module path; add it there, or name its file as in"
              + " test_scripts/Checkout.java or lib/checkout.jar#com.acme.Checkout";
      case SOURCE, JAR, PYTHON ->
          "script "
              + script.text()
              + ": no class "
              + className
              + " in "
              + script.location()
              + ", in the jars beside it, or on the class path";
    };
  }
}
