package dev.broadside.users.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.broadside.users.Transaction;
import dev.broadside.users.TransactionContext;
import dev.broadside.users.UserContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceScriptTest {
  private static final UserContext USER = UserContext.of(1, "navigation");

  @TempDir Path folder;

  @Test
  void load_compilesTheSourceAndFiresIt() throws Exception {
    write("test_scripts/VUser.java", Sources.transaction("VUser", "login"));
    assertThat(timerOf("test_scripts/VUser.java")).isEqualTo("login");
  }

  @Test
  void load_leavesNoFileBehind() throws IOException {
    write("VUser.java", Sources.transaction("VUser", "login"));
    ScriptLoader.load("VUser.java", folder).close();
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files).containsExactlyInAnyOrder(folder, folder.resolve("VUser.java"));
    }
  }

  @Test
  void load_doesNotInitializeTheClass() {
    write(
        "VUser.java", source("public class VUser implements Transaction {", "static int x = 1/0;"));
    try (LoadedScript script = ScriptLoader.load("VUser.java", folder)) {
      assertThatThrownBy(() -> script.factory().apply(USER))
          .isInstanceOf(ExceptionInInitializerError.class);
    }
  }

  @Test
  void load_keepsLinesAndParameterNames() throws Exception {
    write(
        "VUser.java",
        """
        import dev.broadside.users.*;
        public class VUser implements Transaction {
          public VUser(UserContext somebody) {}
          public void run(TransactionContext context) {
            throw new IllegalStateException("line 5");
          }
        }
        """);
    try (LoadedScript script = ScriptLoader.load("VUser.java", folder)) {
      Transaction transaction = script.factory().apply(USER);
      assertThatThrownBy(() -> transaction.run(TransactionContext.of(USER)))
          .hasMessage("line 5")
          .satisfies(e -> assertThat(e.getStackTrace()[0].getLineNumber()).isEqualTo(5))
          .satisfies(e -> assertThat(e.getStackTrace()[0].getFileName()).isEqualTo("VUser.java"));
      assertThat(script.type().getConstructors()[0].getParameters()[0].getName())
          .isEqualTo("somebody");
    }
  }

  @Test
  void load_takesOtherSourcesBesideIt() throws Exception {
    write("test_scripts/Names.java", "class Names { static final String TIMER = \"beside\"; }");
    write("test_scripts/VUser.java", transactionWithTimer("", "Names.TIMER"));
    write("test_scripts/Unrelated.java", "class Unrelated { does not compile }");
    assertThat(timerOf("test_scripts/VUser.java")).isEqualTo("beside");
  }

  @Test
  void load_takesSourcesOfTheConfigurationsFolder() throws Exception {
    write("Names.java", "class Names { static final String TIMER = \"above\"; }");
    write("test_scripts/VUser.java", transactionWithTimer("", "Names.TIMER"));
    assertThat(timerOf("test_scripts/VUser.java")).isEqualTo("above");
  }

  @Test
  void load_honoursThePackage() throws Exception {
    write(
        "src/com/acme/Names.java", "package com.acme; class Names { static String t = \"acme\"; }");
    write(
        "src/com/acme/VUser.java",
        "/* Of\n acme. */ // package not.this;\n" + transactionWithTimer("com.acme", "Names.t"));
    try (LoadedScript script = ScriptLoader.load("src/com/acme/VUser.java", folder)) {
      assertThat(script.type().getName()).isEqualTo("com.acme.VUser");
      assertThat(timerOf(script)).isEqualTo("acme");
    }
  }

  @Test
  void load_aPackageNeedsNoFoldersOfItsName() throws Exception {
    write("VUser.java", transactionWithTimer("com.acme", "\"flat\""));
    assertThat(timerOf("VUser.java")).isEqualTo("flat");
  }

  @Test
  void load_takesTheJarsBesideIt() throws Exception {
    jarOfNames("test_scripts/names.jar", "of a jar");
    write("test_scripts/VUser.java", transactionWithTimer("", "acme.Names.timer()"));
    assertThat(timerOf("test_scripts/VUser.java")).isEqualTo("of a jar");
  }

  @Test
  void load_takesTheJarsOfTheConfigurationsFolder() throws Exception {
    jarOfNames("names.jar", "of an extra file");
    write("test_scripts/VUser.java", transactionWithTimer("", "acme.Names.timer()"));
    assertThat(timerOf("test_scripts/VUser.java")).isEqualTo("of an extra file");
  }

  @Test
  void load_findsFilesBesideItAsResources() {
    write("test_scripts/users.csv", "name");
    write("test_scripts/VUser.java", Sources.transaction("VUser", "t"));
    try (LoadedScript script = ScriptLoader.load("test_scripts/VUser.java", folder)) {
      assertThat(script.type().getResource("/users.csv")).isNotNull();
    }
  }

  @Test
  void load_prefersTheScriptToAClassOfThatNameOnTheClassPath() throws Exception {
    String name = ScriptLoaderTest.OnClassPath.class.getSimpleName();
    write(
        "Shadow.java",
        """
        package dev.broadside.users.script;
        import dev.broadside.users.*;
        public class ScriptLoaderTest {
          public static class OnClassPath implements Transaction {
            public void run(TransactionContext context) { context.timer("script").close(); }
          }
        }
        """
            .replace("OnClassPath", name));
    Files.move(folder.resolve("Shadow.java"), folder.resolve("ScriptLoaderTest.java"));
    try (LoadedScript script = ScriptLoader.load("ScriptLoaderTest.java", folder)) {
      assertThat(script.type()).isNotSameAs(ScriptLoaderTest.OnClassPath.class);
      assertThat(timerOf(script)).isEqualTo("script");
    }
  }

  @Test
  void load_leavesAModuleInfoBesideItAlone() throws Exception {
    write("module-info.java", "module acme { requires nothing.that.exists; }");
    write("VUser.java", Sources.transaction("VUser", "unnamed"));
    assertThat(timerOf("VUser.java")).isEqualTo("unnamed");
  }

  @Test
  void load_severalTransactions_takesThePublicOne() {
    write("VUser.java", twoTransactions("class First", "public class VUser"));
    assertThat(typeOf("VUser.java")).isEqualTo("VUser");
  }

  @Test
  void load_oneTransactionThatIsNotPublic_takesIt() {
    write(
        "VUser.java", twoTransactions("class Only", "abstract class No") + "public class VUser {}");
    assertThat(typeOf("VUser.java")).isEqualTo("Only");
  }

  @Test
  void load_severalTransactionsNonePublic_listsThem() {
    write("VUser.java", twoTransactions("class First", "class Second"));
    assertThatThrownBy(() -> ScriptLoader.load("VUser.java", folder))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining("VUser.java has several transactions: First, Second")
        .hasMessageContaining("VUser.java#First");
  }

  @Test
  void load_aNamedClass_takesIt() {
    write("VUser.java", twoTransactions("class First", "class Second"));
    assertThat(typeOf("VUser.java#Second")).isEqualTo("Second");
  }

  @Test
  void load_aNamedClassThatIsNotThere_saysSo() {
    write("VUser.java", Sources.transaction("VUser", "t"));
    assertThatThrownBy(() -> ScriptLoader.load("VUser.java#Third", folder))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining("VUser.java#Third: no class Third in VUser.java");
  }

  @Test
  void load_transactionsOfOtherSources_doNotCount() {
    write("Other.java", Sources.transaction("Other", "t"));
    write("VUser.java", source("class VUser implements Transaction {", "Other other;"));
    assertThat(typeOf("VUser.java")).isEqualTo("VUser");
  }

  @Test
  void load_noTransaction_saysWhatIsMissing() {
    write("VUser.java", "public class VUser { class Inner {} }");
    assertThatThrownBy(() -> ScriptLoader.load("VUser.java", folder))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining("VUser.java has no transaction")
        .hasMessageContaining("must implement dev.broadside.users.Transaction")
        .hasMessageContaining("VUser$Inner");
  }

  @Test
  void load_anEmptySource_saysWhatIsMissing() {
    write("VUser.java", "// nothing yet\n");
    assertThatThrownBy(() -> ScriptLoader.load("VUser.java", folder))
        .hasMessageContaining("has no transaction")
        .hasMessageEndingWith("found: no class");
  }

  @Test
  void load_compileErrors_areShownWithFileAndLine() {
    Path file =
        write("VUser.java", source("public class VUser implements Transaction {", "int x = ;"));
    assertThatThrownBy(() -> ScriptLoader.load("VUser.java", folder))
        .isInstanceOf(ScriptException.class)
        .hasMessageStartingWith("script VUser.java does not compile:\n" + file + ":3: ")
        .hasMessageContaining("illegal start of expression")
        .hasMessageContaining("int x = ;\n");
  }

  @Test
  void load_errorsInASourceBesideIt_nameThatSource() {
    Path names = write("Names.java", "class Names {\n  static int t = \"text\";\n}");
    write("VUser.java", transactionWithTimer("", "\"\" + Names.t"));
    assertThatThrownBy(() -> ScriptLoader.load("VUser.java", folder))
        .hasMessageContaining(names + ":2: ");
  }

  @Test
  void load_runsNoAnnotationProcessor() throws Exception {
    write("META-INF/services/javax.annotation.processing.Processor", "not.there.Processor");
    write("VUser.java", Sources.transaction("VUser", "t"));
    assertThat(timerOf("VUser.java")).isEqualTo("t");
  }

  @Test
  void load_aFolderWithSpacesAndSigns_isNoHindrance() throws Exception {
    jarOfNames("a b%20ü/names.jar", "odd");
    write("a b%20ü/VUser.java", transactionWithTimer("", "acme.Names.timer()"));
    assertThat(timerOf("a b%20ü/VUser.java")).isEqualTo("odd");
  }

  @Test
  void packageOf_readsPastComments() {
    assertThat(SourceRoots.packageOf("\n// a\n/* b\n */ package a.b ;")).isEqualTo("a.b");
    assertThat(SourceRoots.packageOf("/** package x; */ class A {}")).isEmpty();
    assertThat(SourceRoots.packageOf("/* never closed")).isEmpty();
    assertThat(SourceRoots.packageOf("// only this")).isEmpty();
  }

  private Path write(String file, String text) {
    return Sources.write(folder.resolve(file), text);
  }

  private void jarOfNames(String jar, String timer) {
    Sources.jar(
        folder.resolve(jar),
        "acme.Names",
        "package acme; public class Names { public static String timer() { return \"%s\"; } }"
            .formatted(timer));
  }

  private static String transactionWithTimer(String packageName, String expression) {
    return (packageName.isEmpty() ? "" : "package " + packageName + ";\n")
        + source("public class VUser implements Transaction {", "")
            .replace("{}", "{ context.timer(" + expression + ").close(); }");
  }

  private static String twoTransactions(String first, String second) {
    return source(first + " implements Transaction {", "")
        + source(second + " implements Transaction {", "").replaceFirst("import.*", "");
  }

  private static String source(String declaration, String field) {
    return """
        import dev.broadside.users.*;
        %s
          %s
          public void run(TransactionContext context) {}
        }
        """
        .formatted(declaration, field);
  }

  private String typeOf(String script) {
    try (LoadedScript loaded = ScriptLoader.load(script, folder)) {
      return loaded.type().getName();
    }
  }

  private String timerOf(String script) throws Exception {
    try (LoadedScript loaded = ScriptLoader.load(script, folder)) {
      return timerOf(loaded);
    }
  }

  private static String timerOf(LoadedScript script) throws Exception {
    TransactionContext context = TransactionContext.of(USER);
    script.factory().apply(USER).run(context);
    return context.timers().keySet().iterator().next();
  }
}
