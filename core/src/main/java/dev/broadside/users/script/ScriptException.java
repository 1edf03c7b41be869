package dev.broadside.users.script;

/** A script cannot be loaded. The message says which, where it was looked for, and what to do. */
public final class ScriptException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ScriptException(String message) {
    super(message);
  }

  ScriptException(String message, Throwable cause) {
    super(message, cause);
  }
}
