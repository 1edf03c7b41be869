package dev.broadside.loads.install;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A script of bash, from a template whose {@code @NAMES@} are filled in. */
final class Script {
  private static final Pattern NAME = Pattern.compile("@([A-Z_]+)@");

  private final String name;
  private final Map<String, String> values = new TreeMap<>();

  Script(String name) {
    this.name = name;
  }

  /** Fills in one word, whatever characters it has. */
  Script word(String key, String value) {
    values.put(key, quoted(value));
    return this;
  }

  /** Fills in several words, divided by spaces. */
  Script words(String key, List<String> words) {
    StringJoiner all = new StringJoiner(" ");
    for (String word : words) all.add(quoted(word));
    values.put(key, all.toString());
    return this;
  }

  static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  String text() throws IOException {
    return NAME.matcher(template()).replaceAll(name -> Matcher.quoteReplacement(value(name)));
  }

  private String value(MatchResult name) {
    String value = values.get(name.group(1));
    if (value == null) throw new IllegalStateException(this.name + " needs " + name.group());
    return value;
  }

  private String template() throws IOException {
    try (InputStream in = Script.class.getResourceAsStream(name)) {
      if (in == null) throw new IOException("no template " + name);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Writes it, for everybody to execute; what stood there is replaced at once. */
  void write(Path file) throws IOException {
    Path aside = file.resolveSibling("." + file.getFileName() + ".writing");
    Files.writeString(aside, text());
    Files.setPosixFilePermissions(aside, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
