package dev.broadside.oct.cli;

import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The command lines that the user is told to enter, with this program's own jar in them. */
final class OwnCommand {
  private static final Pattern PLAIN = Pattern.compile("[\\w./:@%+=,~-]+");

  private OwnCommand() {}

  /** The line that runs a command of this program; it can be pasted into a shell. */
  static String line(Object... arguments) {
    return Stream.concat(program(), Arrays.stream(arguments))
        .map(argument -> quoted(argument.toString()))
        .collect(Collectors.joining(" "));
  }

  private static Stream<String> program() {
    Path jar = jar();
    return jar == null ? Stream.of("oct") : Stream.of("java", "-jar", jar.toString());
  }

  /** The jar that this runs from, as short as it can be written; null where it is none. */
  private static @Nullable Path jar() {
    CodeSource source = OwnCommand.class.getProtectionDomain().getCodeSource();
    if (source == null) return null;
    try {
      Path jar = Path.of(source.getLocation().toURI());
      return Files.isRegularFile(jar) ? shortened(jar) : null;
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      return null;
    }
  }

  /** A path as a user here would write it: relative where that is shorter. */
  static Path shortened(Path path) {
    Path here = Path.of("").toAbsolutePath();
    return path.startsWith(here) ? here.relativize(path) : path;
  }

  private static String quoted(String argument) {
    if (PLAIN.matcher(argument).matches()) return argument;
    return "'" + argument.replace("'", "'\\''") + "'";
  }
}
