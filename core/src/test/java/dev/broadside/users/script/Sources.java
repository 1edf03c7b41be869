package dev.broadside.users.script;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Writes, compiles and packs sources for tests. */
final class Sources {
  private Sources() {}

  /** A source of a public transaction that adds a timer of the given name. */
  static String transaction(String name, String timer) {
    return """
        import dev.broadside.users.*;
        public class %s implements Transaction {
          @Override public void run(TransactionContext context) throws Exception {
            context.timer("%s", () -> {});
          }
        }
        """
        .formatted(name, timer);
  }

  /** Writes a file, its folders included. */
  static Path write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compiles what lies in a folder into another one, as javac with these options does. */
  static Path compile(Path sources, Path classes, String... options) {
    List<String> arguments = new ArrayList<>(List.of("-d", classes.toString()));
    arguments.addAll(List.of(options));
    arguments.addAll(filesIn(sources).map(Path::toString).toList());
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    if (code != 0) throw new AssertionError("javac says " + code);
    return classes;
  }

  /** A jar of one class, compiled from a source. */
  static Path jar(Path jar, String className, String source) {
    return jar(jar, className, source, new Manifest());
  }

  static Path jar(Path jar, String className, String source, Manifest manifest) {
    try {
      Path work = Files.createTempDirectory(jar.toAbsolutePath().getParent().getParent(), "jar");
      write(work.resolve("src/" + className.replace('.', '/') + ".java"), source);
      compile(
          work.resolve("src"),
          work.resolve("classes"),
          "-cp",
          System.getProperty("java.class.path"));
      return pack(jar, work.resolve("classes"), manifest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A jar of what lies in a folder. */
  static Path pack(Path jar, Path folder, Manifest manifest) throws IOException {
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    Files.createDirectories(jar.getParent());
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest)) {
      for (Path file : filesIn(folder).toList()) {
        entries.putNextEntry(new JarEntry(folder.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, entries);
      }
    }
    return jar;
  }

  private static Stream<Path> filesIn(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
