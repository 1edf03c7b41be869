package dev.broadside.oct.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OwnCommandTest {
  @Test
  void line_canBePastedIntoAShell() {
    assertThat(OwnCommand.line("run", Path.of("Tom's shop"), "--bind", "0.0.0.0"))
        .isEqualTo("oct run 'Tom'\\''s shop' --bind 0.0.0.0");
  }

  @Test
  void shortened_isRelativeBelowTheCurrentFolder() {
    Path here = Path.of("").toAbsolutePath();
    assertThat(OwnCommand.shortened(here.resolve("shop/a.tar.gz")))
        .isEqualTo(Path.of("shop", "a.tar.gz"));
    assertThat(OwnCommand.shortened(here.resolveSibling("b"))).isEqualTo(here.resolveSibling("b"));
  }
}
