package dev.broadside.users.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.users.Transaction;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scripts in programs that were started in another way than this test. */
@Timeout(60)
class ScriptLaunchTest {
  private static final Path CORE = pathOf(Transaction.class);
  private static final Pattern RUNTIME =
      Pattern.compile(".*/(jeromq|jnacl|HdrHistogram|jackson-)[^/]*\\.jar");
  private static final String MAIN =
      """
      package app;
      import dev.broadside.users.*;
      import dev.broadside.users.script.*;
      import java.nio.file.Path;
      public class Main {
        public static void main(String[] arguments) throws Exception {
          try (LoadedScript script = ScriptLoader.load(arguments[0], Path.of(arguments[1]))) {
            UserContext user = UserContext.of(1, "t");
            TransactionContext context = TransactionContext.of(user);
            script.factory().apply(user).run(context);
            Module core = Transaction.class.getModule();
            System.out.println(core + " fired " + context.timers().keySet());
          } catch (ScriptException e) {
            System.out.println(e.getMessage());
          }
        }
      }
      """;

  @TempDir Path folder;

  @BeforeEach
  void aScriptAndAMain() {
    Sources.write(folder.resolve("VUser.java"), Sources.transaction("VUser", "login"));
    Sources.write(folder.resolve("main/app/Main.java"), MAIN);
  }

  @Test
  void load_onTheClassPath() throws Exception {
    Path app = Sources.compile(folder.resolve("main"), folder.resolve("app"), "-cp", "" + CORE);
    assertThat(java("-cp", app + File.pathSeparator + CORE, "app.Main", "VUser.java"))
        .startsWith("unnamed module")
        .endsWith("fired [login]");
  }

  @Test
  void load_fromOneJarWithEverything() throws Exception {
    Path app = Sources.compile(folder.resolve("main"), folder.resolve("app"), "-cp", "" + CORE);
    copyClasses(CORE, app);
    Path jar = Sources.pack(folder.resolve("all in one.jar"), app, new Manifest());
    assertThat(java("-cp", "" + jar, "app.Main", "VUser.java")).endsWith("fired [login]");
  }

  @Test
  void load_onTheModulePath() throws Exception {
    String path = compileModule("") + File.pathSeparator + modulePath();
    assertThat(java("-p", path, "-m", "app/app.Main", "VUser.java"))
        .isEqualTo("module dev.broadside.core fired [login]");
  }

  @Test
  void load_aClosedPackageOfAModule_saysHowToOpenIt() throws Exception {
    Sources.write(
        folder.resolve("main/app/Checkout.java"),
        "package app;\n" + Sources.transaction("Checkout", "t"));
    String path = compileModule("") + File.pathSeparator + modulePath();
    assertThat(java("-p", path, "-m", "app/app.Main", "app.Checkout"))
        .contains("\"opens app to dev.broadside.core;\" to the module-info.java of app");
  }

  @Test
  void load_anOpenPackageOfAModule() throws Exception {
    Sources.write(
        folder.resolve("main/app/Checkout.java"),
        "package app;\n" + Sources.transaction("Checkout", "opened"));
    String path = compileModule("opens app;") + File.pathSeparator + modulePath();
    assertThat(java("-p", path, "-m", "app/app.Main", "app.Checkout")).endsWith("fired [opened]");
  }

  @Test
  void load_withoutACompiler_saysWhatToDo() throws Exception {
    Path app = Sources.compile(folder.resolve("main"), folder.resolve("app"), "-cp", "" + CORE);
    String classPath = app + File.pathSeparator + CORE;
    for (String modules : List.of("java.base", "java.base,java.compiler")) {
      assertThat(java("--limit-modules", modules, "-cp", classPath, "app.Main", "VUser.java"))
          .contains("script VUser.java is source code", "runs without a compiler", "with a JDK");
    }
  }

  @Test
  void load_withoutACompiler_takesAJar() throws Exception {
    Path app = Sources.compile(folder.resolve("main"), folder.resolve("app"), "-cp", "" + CORE);
    Sources.jar(folder.resolve("lib/x.jar"), "VUser", Sources.transaction("VUser", "jar"));
    String classPath = app + File.pathSeparator + CORE;
    assertThat(
            java("--limit-modules", "java.base", "-cp", classPath, "app.Main", "lib/x.jar#VUser"))
        .endsWith("fired [jar]");
  }

  /** As Maven's exec:java does: java.class.path knows nothing of the program. */
  @Test
  void load_underAClassLoaderOfItsOwn() throws Exception {
    Path jar =
        Sources.jar(
            folder.resolve("lib/names.jar"),
            "acme.Names",
            "package acme; public class Names { public static String T = \"isolated\"; }");
    Sources.write(
        folder.resolve("VUser.java"),
        Sources.transaction("VUser", "t").replace("\"t\"", "acme.Names.T"));
    URL[] urls = {CORE.toUri().toURL(), jar.toUri().toURL()};
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader isolated = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      thread.setContextClassLoader(isolated);
      Class<?> loader = isolated.loadClass(ScriptLoader.class.getName());
      Method load = loader.getMethod("load", String.class, Path.class);
      try (AutoCloseable script = (AutoCloseable) load.invoke(null, "VUser.java", folder)) {
        Class<?> type = (Class<?>) script.getClass().getMethod("type").invoke(script);
        assertThat(type.getInterfaces()[0].getClassLoader()).isSameAs(isolated);
      }
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private Path compileModule(String directive) {
    Sources.write(
        folder.resolve("main/module-info.java"),
        "module app { requires dev.broadside.core; " + directive + " }");
    return Sources.compile(
        folder.resolve("main"), folder.resolve("app"), "-p", modulePath(), "-Xlint:none");
  }

  private static String modulePath() {
    Stream<String> jars =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> RUNTIME.matcher(entry).matches());
    return Stream.concat(Stream.of(CORE.toString()), jars)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** What the program prints; the script's folder is its last argument. */
  private String java(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(arguments));
    command.add(folder.toString());
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
    return Files.readString(output).strip();
  }

  private static void copyClasses(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from.resolve("dev/broadside/users"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  private static Path pathOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (java.net.URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
