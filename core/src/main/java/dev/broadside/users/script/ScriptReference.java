package dev.broadside.users.script;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the key {@code script} says: a class name, or a file with an optional {@code #class} behind
 * it.
 *
 * @param text as it was written
 * @param location the part before the {@code #}
 * @param className the part behind it
 */
record ScriptReference(String text, Kind kind, String location, @Nullable String className) {
  /** What the location is. */
  enum Kind {
    CLASS,
    SOURCE,
    JAR,
    PYTHON
  }

  static ScriptReference parse(String script) {
    String text = script.strip();
    Matcher file = Patterns.FILE.matcher(text);
    if (file.matches()) {
      return new ScriptReference(text, kindOf(file.group(2)), file.group(1), file.group(3));
    }
    if (Patterns.CLASS.matcher(text).matches())
      return new ScriptReference(text, Kind.CLASS, text, text);
    throw new ScriptException(
        "script \""
            + script
            + "\" is neither a class name nor a file; expected com.acme.Checkout,"
            + " test_scripts/Checkout.java, lib/checkout.jar or"
            + " lib/checkout.jar#com.acme.Checkout");
  }

  /** To a class that is there already. */
  static ScriptReference to(Class<?> type) {
    return new ScriptReference(type.getName(), Kind.CLASS, type.getName(), type.getName());
  }

  private static Kind kindOf(String extension) {
    return switch (extension.toLowerCase(Locale.ROOT)) {
      case "java" -> Kind.SOURCE;
      case "jar" -> Kind.JAR;
      default -> Kind.PYTHON;
    };
  }

  /** The file, looked for in the folder unless it is absolute. */
  Path fileIn(Path folder) {
    Path file = pathIn(folder);
    if (Files.isRegularFile(file)) return file;
    String fault = Files.exists(file) ? "is not a file: " : "is missing: ";
    throw new ScriptException("script " + text + " " + fault + file);
  }

  private Path pathIn(Path folder) {
    try {
      return folder.resolve(location).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new ScriptException("script \"" + text + "\" is not a path: " + e.getMessage(), e);
    }
  }

  /** Apart, since who brings a class does not need them. */
  private static final class Patterns {
    static final Pattern FILE =
        Pattern.compile(
            "(.+\\.(java|jar|py))(?:#(.*))?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    static final Pattern CLASS =
        Pattern.compile(
            "\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*"
                + "(\\.\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*)*");
  }
}
