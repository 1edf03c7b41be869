package dev.broadside.users.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.broadside.users.Transaction;
import dev.broadside.users.TransactionContext;
import dev.broadside.users.UserContext;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadedScriptTest {
  private static final UserContext USER = UserContext.of(7, "navigation");

  abstract static class Base implements Transaction {
    @Override
    public void run(TransactionContext context) {}
  }

  static class WithUser extends Base {
    final UserContext user;

    WithUser(UserContext user) {
      this.user = user;
    }

    WithUser() {
      this(UserContext.of(1, "nobody"));
    }
  }

  public static class Failing extends Base {
    public Failing() throws IOException {
      throw new IOException("no connection");
    }
  }

  static class OnlyPrivate extends Base {
    private OnlyPrivate() {}
  }

  static class WithText extends Base {
    WithText(String text) {
      assertThat(text).isNotNull();
    }
  }

  class Inner extends Base {}

  static class Helper implements Runnable {
    @Override
    public void run() {}
  }

  @Test
  void factory_prefersTheConstructorThatTakesAUser() {
    Transaction transaction = load(WithUser.class).factory().apply(USER);
    assertThat(((WithUser) transaction).user).isSameAs(USER);
  }

  @Test
  void factory_makesANewOneEachTime() {
    LoadedScript script = load(WithUser.class);
    assertThat(script.factory().apply(USER)).isNotSameAs(script.factory().apply(USER));
  }

  @Test
  void factory_letsTheConstructorsExceptionOutAsItIs() {
    assertThatThrownBy(() -> load(Failing.class).factory().apply(USER))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("no connection");
  }

  @ParameterizedTest
  @ValueSource(classes = {OnlyPrivate.class, WithText.class, Inner.class})
  void load_withoutAUsableConstructor_saysWhatIsNeeded(Class<?> type) {
    assertThatThrownBy(() -> load(type))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining(
            "class "
                + type.getName()
                + " needs a constructor without arguments or with a UserContext");
  }

  @Test
  void load_anInnerClass_saysThatItMustBeStatic() {
    assertThatThrownBy(() -> load(Inner.class)).hasMessageEndingWith("it must be static");
  }

  @Test
  void load_anAbstractClass_saysSo() {
    assertThatThrownBy(() -> load(Base.class)).hasMessageEndingWith("Base is abstract");
  }

  @Test
  void newInstance_makesAFurtherClass() {
    assertThat(load(WithUser.class).newInstance(Helper.class.getName(), Runnable.class))
        .isInstanceOf(Helper.class);
  }

  @Test
  void newInstance_ofAnotherKind_saysWhatIsMissing() {
    assertThatThrownBy(
            () -> load(WithUser.class).newInstance("java.lang.String", Transaction.class))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining(
            "java.lang.String does not implement dev.broadside.users.Transaction");
  }

  @Test
  void newInstance_ofAClassThatIsNotThere_saysSo() {
    assertThatThrownBy(() -> load(WithUser.class).newInstance("com.acme.X", Runnable.class))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining("no class com.acme.X on the class path");
  }

  @Test
  void close_mayBeCalledTwice() {
    LoadedScript script = load(WithUser.class);
    script.close();
    script.close();
  }

  private static LoadedScript load(Class<?> type) {
    return ScriptLoader.load(type.getName(), Path.of("."));
  }
}
