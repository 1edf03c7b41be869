package dev.broadside.oct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.broadside.oct.testing.FakeHq;
import dev.broadside.users.Iterations;
import dev.broadside.users.Transaction;
import dev.broadside.users.TransactionContext;
import dev.broadside.users.UserContext;
import dev.broadside.users.script.ScriptException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TurretFromConfigTest {
  /** Tells what it was made with. */
  public static final class Telling implements Transaction {
    private final UserContext user;

    public Telling(UserContext user) {
      this.user = user;
    }

    @Override
    public void run(TransactionContext context) {
      throw new IllegalStateException(user.group() + " " + context.settings());
    }
  }

  /** Fires twice. */
  public static final class Twice implements Cannon {
    @Override
    public void fire(Iterations iterations) {
      iterations.next();
      iterations.next();
    }
  }

  private static TurretConfig config(FakeHq hq, Path file, String script, String more) {
    return TurretConfig.parse(
        file,
        """
        {"name": "nav", "cannons": 3, "rampup": 0.1, "script": "%s", %s
         "hq_address": "127.0.0.1", "hq_publisher": %d, "hq_rc": %d}
        """
            .formatted(script, more, hq.publishPort(), hq.resultsPort()));
  }

  @Test
  void from_firesTheClassThatTheScriptNamesWithTheCannonClass() {
    String more =
        "\"base_url\": \"http://x\", \"cannon_class\": \"" + Twice.class.getName() + "\",";
    try (FakeHq hq = FakeHq.onLoopback();
        Turret turret = Turret.from(config(hq, Path.of("t.json"), Telling.class.getName(), more))) {
      turret.start();
      JsonNode ready = hq.awaitStatus("ready");
      assertThat(ready.get("script").textValue()).isEqualTo(Telling.class.getName());
      assertThat(ready.get("cannons").intValue()).isEqualTo(3);
      assertThat(ready.get("rampup").doubleValue()).isEqualTo(0.1);
      hq.start();
      for (int i = 0; i < 6; i++) {
        assertThat(hq.nextResult().get("error").textValue()).isEqualTo("nav {base_url=http://x}");
      }
      hq.stop();
      assertThat(hq.resultsUntil("ready")).isEmpty();
    }
  }

  @Test
  void from_compilesAScriptBesideTheConfiguration(@TempDir Path folder) throws Exception {
    Files.writeString(
        Files.createDirectory(folder.resolve("scripts")).resolve("Hello.java"),
        """
        import dev.broadside.users.Transaction;
        import dev.broadside.users.TransactionContext;

        public class Hello implements Transaction {
          @Override
          public void run(TransactionContext context) throws Exception {
            context.timer("hello", () -> Thread.sleep(1));
          }
        }
        """);
    try (FakeHq hq = FakeHq.onLoopback();
        Turret turret =
            Turret.from(config(hq, folder.resolve("config.json"), "scripts/Hello.java", ""))) {
      turret.start();
      hq.awaitStatus("ready");
      hq.start();
      JsonNode result = hq.nextResult();
      assertThat(result.get("error").textValue()).isEmpty();
      assertThat(result.get("custom_timers").get("hello").doubleValue()).isGreaterThan(0.0009);
    }
  }

  @Test
  void from_refusesACannonClassThatIsNone() {
    try (FakeHq hq = FakeHq.onLoopback()) {
      TurretConfig config =
          config(
              hq,
              Path.of("t.json"),
              Telling.class.getName(),
              "\"cannon_class\": \"java.lang.String\",");
      assertThatThrownBy(() -> Turret.from(config))
          .isInstanceOf(ScriptException.class)
          .hasMessageContaining("java.lang.String")
          .hasMessageContaining("Cannon");
    }
  }
}
