package dev.broadside.loads;

import dev.broadside.loads.TestReports.OpenTest;
import org.jspecify.annotations.Nullable;

/** Tests that report themselves; what concerns all of them is reported under their common name. */
final class SuiteTask implements HitTask {
  private final String name;
  private final LoadsSuite suite;

  SuiteTask(String name, LoadsSuite suite) {
    this.name = name;
    this.suite = suite;
  }

  @Override
  public void perform(TestReports reports) {
    OpenTest open = reports.startSuite(name);
    reports.end(open, run(reports.reporter()));
  }

  private @Nullable Throwable run(LoadsReporter reporter) {
    try {
      suite.run(reporter);
      return null;
    } catch (Throwable e) {
      return e;
    }
  }

  @Override
  public void close() {
    try {
      suite.close();
    } catch (RuntimeException | Error e) {
      System.getLogger(LoadsRunner.class.getName())
          .log(System.Logger.Level.WARNING, name + ": close() failed", e);
    }
  }
}
