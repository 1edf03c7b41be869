package dev.broadside.users.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.broadside.users.Transaction;
import dev.broadside.users.TransactionContext;
import dev.broadside.users.UserContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptLoaderTest {
  @TempDir Path folder;

  /** What is loaded by its name; package-private on purpose. */
  static final class OnClassPath implements Transaction {
    @Override
    public void run(TransactionContext context) {}
  }

  @Test
  void load_aClassName_takesItFromTheClassPath() {
    try (LoadedScript script = ScriptLoader.load(OnClassPath.class.getName(), folder)) {
      assertThat(script.type()).isSameAs(OnClassPath.class);
      assertThat(script.factory().apply(UserContext.of(1, "t"))).isInstanceOf(OnClassPath.class);
      assertThat(script.classLoader()).isSameAs(Thread.currentThread().getContextClassLoader());
    }
  }

  @Test
  void load_theContextClassLoaderIsOfNoUse_takesTheLibrarysOwn() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try (LoadedScript script = ScriptLoader.load(OnClassPath.class.getName(), folder)) {
      assertThat(script.classLoader()).isSameAs(Transaction.class.getClassLoader());
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void load_aClassThatIsNotThere_saysWhatToDo() {
    assertThatThrownBy(() -> ScriptLoader.load("com.acme.Checkout", folder))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining("no class com.acme.Checkout on the class path")
        .hasMessageContaining("lib/checkout.jar#com.acme.Checkout");
  }

  @Test
  void load_aClassThatIsNoTransaction_saysSo() {
    assertThatThrownBy(() -> ScriptLoader.load("java.lang.String", folder))
        .isInstanceOf(ScriptException.class)
        .hasMessage(
            "script java.lang.String: java.lang.String does not implement"
                + " dev.broadside.users.Transaction");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "test_scripts/checkout", "no class", "1.2", "x.jar2#y"})
  void load_neitherClassNorFile_saysWhatIsExpected(String script) {
    assertThatThrownBy(() -> ScriptLoader.load(script, folder))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining("script \"" + script + "\" is neither a class name nor a file")
        .hasMessageContaining("test_scripts/Checkout.java");
  }

  @Test
  void load_aPythonScript_sendsItToThePythonTurret() {
    assertThatThrownBy(() -> ScriptLoader.load("test_scripts/v_user.py", folder))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining("test_scripts/v_user.py is written in Python")
        .hasMessageContaining("original python turret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"test_scripts/VUser.java", "lib/x.jar", "lib/x.jar#com.acme.X"})
  void load_aFileThatIsMissing_namesWhereItWasLookedFor(String script) {
    assertThatThrownBy(() -> ScriptLoader.load(script, folder))
        .isInstanceOf(ScriptException.class)
        .hasMessage(
            "script " + script + " is missing: " + folder.resolve(script.replaceAll("#.*", "")));
  }

  @Test
  void load_aFolderOfThatName_saysSo() throws IOException {
    Files.createDirectory(folder.resolve("a.jar"));
    assertThatThrownBy(() -> ScriptLoader.load("a.jar", folder))
        .isInstanceOf(ScriptException.class)
        .hasMessage("script a.jar is not a file: " + folder.resolve("a.jar"));
  }

  @Test
  void load_aRelativeFolder_isAsGoodAsAnAbsoluteOne() {
    Path relative = Path.of("").toAbsolutePath().relativize(folder);
    Sources.write(folder.resolve("VUser.java"), Sources.transaction("VUser", "t"));
    try (LoadedScript script = ScriptLoader.load("VUser.java", relative)) {
      assertThat(script.type().getName()).isEqualTo("VUser");
    }
  }

  @Test
  void load_anAbsolutePath_leavesTheFolderAside() {
    Path file = Sources.write(folder.resolve("a/VUser.java"), Sources.transaction("VUser", "t"));
    try (LoadedScript script = ScriptLoader.load(file.toString(), folder.resolve("b"))) {
      assertThat(script.type().getName()).isEqualTo("VUser");
    }
  }

  @Test
  void load_null_isRefused() {
    assertThatThrownBy(() -> ScriptLoader.load(null, folder)).hasMessage("script");
    assertThatThrownBy(() -> ScriptLoader.load("A", null)).hasMessage("folder");
  }
}
