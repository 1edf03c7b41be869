package dev.broadside.users.script;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import org.jspecify.annotations.Nullable;

/** Keeps what the compiler writes in memory. */
final class MemoryFileManager extends ForwardingJavaFileManager<StandardJavaFileManager> {
  private final Map<String, ClassFile> classes = new LinkedHashMap<>();

  MemoryFileManager(StandardJavaFileManager files) {
    super(files);
  }

  /** Every class that was written, by its name. */
  Map<String, ClassFile> classes() {
    return classes;
  }

  @Override
  public JavaFileObject getJavaFileForOutput(
      Location location, String className, Kind kind, @Nullable FileObject sibling) {
    ClassFile file = new ClassFile(className, sibling);
    classes.put(className, file);
    return file;
  }

  /** Hides a module-info.java beside the script, which is compiled as part of no module. */
  @Override
  public @Nullable JavaFileObject getJavaFileForInput(
      Location location, String className, Kind kind) throws IOException {
    return className.equals("module-info") && kind == Kind.SOURCE
        ? null
        : super.getJavaFileForInput(location, className, kind);
  }

  /** A class in memory, and the source it was compiled from. */
  static final class ClassFile extends SimpleJavaFileObject {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final @Nullable FileObject source;

    ClassFile(String className, @Nullable FileObject source) {
      super(URI.create("memory:///" + className.replace('.', '/') + ".class"), Kind.CLASS);
      this.source = source;
    }

    @Override
    public OutputStream openOutputStream() {
      return bytes;
    }

    byte[] bytes() {
      return bytes.toByteArray();
    }

    boolean isFrom(FileObject file) {
      return source != null && source.toUri().equals(file.toUri());
    }
  }
}
