package dev.broadside.loads.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.loads.LoadsReporter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests that use the extension run without Loads, too. */
@ExtendWith(LoadsExtension.class)
class LoadsExtensionTest {
  private final LoadsReporter ofTheConstructor;

  LoadsExtensionTest(LoadsReporter reporter) {
    ofTheConstructor = reporter;
  }

  @BeforeEach
  void before(LoadsReporter reporter) {
    reporter.socketOpen();
  }

  @Test
  void reporter_withoutLoads_goesNowhere(LoadsReporter reporter) {
    reporter.addSuccess("one that nobody hears of");
    ofTheConstructor.addSuccess("another");
    LoadsTests.reporter().addSuccess("a third");
    assertThat(reporter.isConnected()).isFalse();
    assertThat(reporter.account().produced()).isZero();
  }

  @AfterEach
  void after(LoadsReporter reporter) {
    reporter.socketClose();
  }
}
