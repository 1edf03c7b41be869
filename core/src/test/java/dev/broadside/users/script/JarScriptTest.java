package dev.broadside.users.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.broadside.users.TransactionContext;
import dev.broadside.users.UserContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarScriptTest {
  private static final String SERVICE = "META-INF/services/dev.broadside.users.Transaction";
  private static final UserContext USER = UserContext.of(1, "navigation");

  @TempDir Path folder;
  private Path classes;

  @BeforeEach
  void twoTransactionsAreCompiled() {
    Path sources = folder.resolve("work/src");
    for (String name : List.of("Checkout", "Search")) {
      Sources.write(
          sources.resolve("com/acme/" + name + ".java"),
          "package com.acme;\n" + Sources.transaction(name, name));
    }
    classes =
        Sources.compile(
            sources, folder.resolve("work/classes"), "-cp", System.getProperty("java.class.path"));
  }

  @Test
  void load_aNamedClass_takesItFromTheJar() throws Exception {
    jar("lib/acme.jar");
    try (LoadedScript script = load("lib/acme.jar#com.acme.Search")) {
      TransactionContext context = TransactionContext.of(USER);
      script.factory().apply(USER).run(context);
      assertThat(context.timers()).containsKey("Search");
    }
  }

  @Test
  void load_aNamedClassThatIsNotThere_saysWhereItWasLookedFor() throws Exception {
    jar("lib/acme.jar");
    assertThatThrownBy(() -> load("lib/acme.jar#com.acme.Pay"))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining("no class com.acme.Pay in lib/acme.jar");
  }

  @Test
  void load_oneProvider_takesIt() throws Exception {
    provide("# ours\ncom.acme.Checkout # the only one\n\n");
    jar("acme.jar");
    try (LoadedScript script = load("acme.jar")) {
      assertThat(script.type().getName()).isEqualTo("com.acme.Checkout");
    }
  }

  @Test
  void load_noProvider_saysHowToChoose() throws Exception {
    jar("acme.jar");
    assertThatThrownBy(() -> load("acme.jar"))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining("acme.jar names no transaction")
        .hasMessageContaining("acme.jar#fully.qualified.Class")
        .hasMessageContaining(SERVICE);
  }

  @Test
  void load_severalProviders_listsThem() throws Exception {
    provide("com.acme.Checkout\ncom.acme.Search");
    jar("acme.jar");
    assertThatThrownBy(() -> load("acme.jar"))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining("provides several: com.acme.Checkout, com.acme.Search")
        .hasMessageContaining("acme.jar#com.acme.Checkout");
  }

  @Test
  void load_aProviderThatIsNoTransaction_saysSo() throws Exception {
    provide("java.lang.String");
    jar("acme.jar");
    assertThatThrownBy(() -> load("acme.jar"))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining("java.lang.String does not implement");
  }

  @Test
  void load_noJarInside_saysSo() {
    Path file = Sources.write(folder.resolve("acme.jar"), "not a jar");
    assertThatThrownBy(() -> load("acme.jar#com.acme.Search"))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining("acme.jar#com.acme.Search is not a readable jar: " + file);
  }

  @Test
  void load_findsTheJarsBesideIt() throws Exception {
    jar("lib/acme.jar");
    jarOfHelper("lib/helper.jar");
    try (LoadedScript script = load("lib/acme.jar#com.acme.Search")) {
      assertThat(script.newInstance("helper.Help", Runnable.class)).isNotNull();
    }
  }

  @Test
  void load_followsTheClassPathOfTheManifest() throws Exception {
    jarOfHelper("elsewhere/helper.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, "../elsewhere/helper.jar");
    Sources.pack(folder.resolve("lib/acme.jar"), classes, manifest);
    try (LoadedScript script = load("lib/acme.jar#com.acme.Search")) {
      assertThat(script.newInstance("helper.Help", Runnable.class)).isNotNull();
    }
  }

  @Test
  void close_releasesTheJars() throws Exception {
    assumeThat(Path.of("/proc/self/fd")).as("shows the open files").isDirectory();
    Path jar = jar("acme.jar");
    try (LoadedScript script = load("acme.jar#com.acme.Search")) {
      assertThat(script.factory().apply(USER)).isNotNull();
      assertThat(openFiles()).contains(jar.toRealPath());
      script.close();
    }
    assertThat(openFiles()).doesNotContain(jar.toRealPath());
  }

  @Test
  void load_failing_releasesTheJars() throws Exception {
    assumeThat(Path.of("/proc/self/fd")).as("shows the open files").isDirectory();
    Path jar = jar("acme.jar");
    assertThatThrownBy(() -> load("acme.jar#com.acme.Pay")).isInstanceOf(ScriptException.class);
    assertThat(openFiles()).doesNotContain(jar.toRealPath());
  }

  private LoadedScript load(String script) {
    return ScriptLoader.load(script, folder);
  }

  private void provide(String text) {
    Sources.write(classes.resolve(SERVICE), text);
  }

  private Path jar(String name) throws IOException {
    return Sources.pack(folder.resolve(name), classes, new Manifest());
  }

  private void jarOfHelper(String name) {
    Sources.jar(
        folder.resolve(name),
        "helper.Help",
        "package helper; public class Help implements Runnable { public void run() {} }");
  }

  private static List<Path> openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.map(JarScriptTest::target).toList();
    }
  }

  private static Path target(Path link) {
    try {
      return Files.readSymbolicLink(link);
    } catch (IOException e) {
      return link; // closed meanwhile
    }
  }
}
