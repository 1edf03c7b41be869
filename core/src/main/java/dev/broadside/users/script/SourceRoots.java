package dev.broadside.users.script;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where other sources may lie that a script needs: the folder that its package starts from. */
final class SourceRoots {
  private static final Pattern PACKAGE =
      Pattern.compile("package\\s+([\\w$.]+)\\s*;", Pattern.UNICODE_CHARACTER_CLASS);

  private SourceRoots() {}

  /** The script's root, then the configuration's folder. */
  static List<Path> of(Path script, Path folder) {
    return Stream.of(rootOf(script), folder.toAbsolutePath().normalize()).distinct().toList();
  }

  private static Path rootOf(Path script) {
    Path folder = ScriptFolders.of(script);
    Path inside = Path.of(packageOf(textOf(script)).replace('.', '/'));
    boolean inPlace = !inside.toString().isEmpty() && folder.endsWith(inside);
    return inPlace ? folder.resolve("../".repeat(inside.getNameCount())).normalize() : folder;
  }

  private static String textOf(Path script) {
    try {
      return new String(Files.readAllBytes(script), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + script, e);
    }
  }

  /** The package that a source declares, or an empty text. */
  static String packageOf(String source) {
    Matcher declaration = PACKAGE.matcher(withoutHeader(source));
    return declaration.lookingAt() ? declaration.group(1) : "";
  }

  private static String withoutHeader(String source) {
    String rest = source.strip();
    while (true) {
      if (rest.startsWith("//")) rest = after("\n", rest);
      else if (rest.startsWith("/*")) rest = after("*/", rest);
      else return rest;
    }
  }

  private static String after(String end, String text) {
    int index = text.indexOf(end);
    return index < 0 ? "" : text.substring(index + end.length()).strip();
  }
}
