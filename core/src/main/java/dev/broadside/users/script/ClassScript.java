package dev.broadside.users.script;

/** A transaction on the class path or the module path. */
final class ClassScript {
  private ClassScript() {}

  static LoadedScript load(ScriptReference script) {
    return new LoadedScript(
        script, script.location(), ScriptClassLoader.parent(), () -> {}); // nothing was opened
  }
}
