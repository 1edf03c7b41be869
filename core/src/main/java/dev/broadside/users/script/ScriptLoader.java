package dev.broadside.users.script;

import dev.broadside.users.Transaction;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Loads the transaction that a configuration names. What it may say:
 *
 * <ul>
 *   <li>{@code com.acme.Checkout}: a class on the class path or the module path;
 *   <li>{@code test_scripts/Checkout.java}: a source file, compiled in memory against what this
 *       program runs on, the jars and the other sources in its folder and in that of the
 *       configuration; of several transactions in it the public one, or the one named as in {@code
 *       Scenarios.java#Checkout};
 *   <li>{@code lib/checkout.jar#com.acme.Checkout}: a class of a jar, which finds the jars beside
 *       it;
 *   <li>{@code lib/checkout.jar}: the one class that the jar lists in {@code
 *       META-INF/services/dev.broadside.users.Transaction}.
 * </ul>
 *
 * <p>Source files need a JDK; nothing is written to disk. Thread-safe.
 */
public final class ScriptLoader {
  private ScriptLoader() {}

  /**
   * Loads a script. Nothing of it is run yet, and its class not initialized.
   *
   * @param script what the key {@code script} says
   * @param folder where relative paths start: the configuration's folder
   * @throws ScriptException if it is missing, does not compile or has no transaction
   */
  public static LoadedScript load(String script, Path folder) {
    Objects.requireNonNull(script, "script");
    Objects.requireNonNull(folder, "folder");
    ScriptReference reference = ScriptReference.parse(script);
    return switch (reference.kind()) {
      case CLASS -> ClassScript.load(reference);
      case SOURCE -> SourceScript.load(reference, folder);
      case JAR -> JarScript.load(reference, folder);
      case PYTHON -> throw python(reference);
    };
  }

  private static ScriptException python(ScriptReference script) {
    return new ScriptException(
        "script "
            + script.text()
            + " is written in Python, which only the original python turret runs"
            + " (oct-turrets-start); this turret runs a .java file, a .jar or a class");
  }

  /**
   * A transaction that was loaded already.
   *
   * @param type its class, which is not initialized by this
   * @throws ScriptException if it cannot be made: it is abstract, or has no right constructor
   */
  public static LoadedScript of(Class<? extends Transaction> type) {
    return new LoadedScript(ScriptReference.to(type), type, type.getClassLoader(), () -> {});
  }
}
