package dev.broadside.users.script;

import dev.broadside.users.Transaction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/** A transaction of a jar: the class that is named, or the one that the jar provides. */
final class JarScript {
  private static final String SERVICE = "META-INF/services/" + Transaction.class.getName();

  private JarScript() {}

  static LoadedScript load(ScriptReference script, Path folder) {
    Path jar = script.fileIn(folder);
    List<String> providers = providers(script, jar); // also when not needed: it shows a broken jar
    String className = script.className() != null ? script.className() : one(script, providers);
    Set<Path> places = new LinkedHashSet<>(List.of(jar));
    places.addAll(ScriptFolders.jars(ScriptFolders.of(jar), folder));
    return ScriptClassLoader.of(places, jar).load(script, className);
  }

  private static String one(ScriptReference script, List<String> providers) {
    if (providers.size() == 1) return providers.get(0);
    String fault =
        providers.isEmpty()
            ? "names no transaction"
            : "provides several: " + String.join(", ", providers);
    throw new ScriptException(
        "script "
            + script.text()
            + " "
            + fault
            + "; choose one with "
            + script.location()
            + "#"
            + (providers.isEmpty() ? "fully.qualified.Class" : providers.get(0))
            + (providers.isEmpty() ? ", or list it in the jar's " + SERVICE : ""));
  }

  /** The jar's own providers only: the class path may offer others. */
  private static List<String> providers(ScriptReference script, Path file) {
    try (JarFile jar = new JarFile(file.toFile())) {
      return names(jar, jar.getEntry(SERVICE));
    } catch (IOException e) {
      throw new ScriptException(
          "script " + script.text() + " is not a readable jar: " + file + ": " + e.getMessage(), e);
    }
  }

  private static List<String> names(JarFile jar, @Nullable ZipEntry service) throws IOException {
    if (service == null) return List.of();
    try (InputStream in = jar.getInputStream(service)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .distinct()
          .toList();
    }
  }
}
