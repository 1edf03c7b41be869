package dev.broadside.users.script;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * Compiles a script in memory with the JDK's own compiler. Not to be touched where there is no
 * module {@code java.compiler}.
 */
final class ScriptCompiler {
  private static final List<String> OPTIONS =
      List.of("-proc:none", "-g", "-parameters", "-implicit:class", "-Xlint:none", "-nowarn");

  private final ScriptReference script;
  private final Collection<Path> sourcePath;
  private final Collection<Path> classPath;

  ScriptCompiler(ScriptReference script, Collection<Path> sourcePath, Collection<Path> classPath) {
    this.script = script;
    this.sourcePath = sourcePath;
    this.classPath = classPath;
  }

  /** Compiles a file and the sources it needs. */
  CompiledScript compile(Path file) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) throw SourceScript.noCompiler(script);
    DiagnosticCollector<JavaFileObject> faults = new DiagnosticCollector<>();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(faults, null, StandardCharsets.UTF_8)) {
      files.setLocationFromPaths(StandardLocation.SOURCE_PATH, sourcePath);
      files.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath);
      return compile(compiler, files, files.getJavaFileObjects(file).iterator().next(), faults);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot compile " + file, e);
    }
  }

  private CompiledScript compile(
      JavaCompiler compiler,
      StandardJavaFileManager files,
      JavaFileObject source,
      DiagnosticCollector<JavaFileObject> faults) {
    MemoryFileManager memory = new MemoryFileManager(files);
    StringWriter rest = new StringWriter(); // what is no diagnostic, such as a crash
    boolean done = compiler.getTask(rest, memory, faults, OPTIONS, null, List.of(source)).call();
    if (!done) throw failure(faults.getDiagnostics(), rest.toString());
    return result(memory.classes(), source);
  }

  private ScriptException failure(
      List<? extends Diagnostic<? extends JavaFileObject>> faults, String rest) {
    String errors =
        faults.stream()
            .filter(fault -> fault.getKind() == Diagnostic.Kind.ERROR)
            .map(Diagnostic::toString) // file, line, the text, and where in the line
            .collect(Collectors.joining("\n"));
    return new ScriptException(
        "script " + script.text() + " does not compile:\n" + (errors + "\n" + rest).strip());
  }

  private static CompiledScript result(
      Map<String, MemoryFileManager.ClassFile> files, JavaFileObject source) {
    Map<String, byte[]> classes = new LinkedHashMap<>();
    files.forEach((name, file) -> classes.put(name, file.bytes()));
    List<String> own =
        files.entrySet().stream()
            .filter(file -> file.getValue().isFrom(source))
            .map(Map.Entry::getKey)
            .toList();
    return new CompiledScript(classes, own);
  }
}
