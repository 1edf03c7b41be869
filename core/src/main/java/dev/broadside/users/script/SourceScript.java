package dev.broadside.users.script;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A transaction in a source file, which is compiled when it is loaded. */
final class SourceScript {
  private SourceScript() {}

  static LoadedScript load(ScriptReference script, Path folder) {
    Path file = script.fileIn(folder);
    List<Path> roots = SourceRoots.of(file, folder);
    Set<Path> jars = ScriptFolders.jars(ScriptFolders.of(file), folder);
    CompiledScript compiled = compile(script, file, roots, jars);
    Set<Path> places = new LinkedHashSet<>(roots);
    places.addAll(jars);
    ScriptClassLoader loader = ScriptClassLoader.of(compiled.classes(), places, file);
    return loader.load(script, chosen(script, compiled, loader));
  }

  private static CompiledScript compile(
      ScriptReference script, Path file, List<Path> roots, Set<Path> jars) {
    if (ModuleLayer.boot().findModule("java.compiler").isEmpty()) throw noCompiler(script);
    Set<Path> classPath = CompilePath.of(ScriptClassLoader.parent());
    classPath.addAll(roots);
    classPath.addAll(jars);
    return new ScriptCompiler(script, roots, classPath).compile(file);
  }

  private static String chosen(
      ScriptReference script, CompiledScript compiled, ScriptClassLoader loader) {
    if (script.className() != null) return script.className();
    try {
      return TransactionChoice.of(script, compiled.ownClasses(), loader);
    } catch (RuntimeException | Error e) {
      loader.closeAfter(e);
      throw e;
    }
  }

  static ScriptException noCompiler(ScriptReference script) {
    return new ScriptException(
        "script "
            + script.text()
            + " is source code, and the Java in "
            + System.getProperty("java.home")
            + " runs without a compiler; start it with a JDK, or compile the script into a jar"
            + " and name that: lib/checkout.jar#com.acme.Checkout");
  }
}
