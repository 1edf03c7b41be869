package dev.broadside.loads;

import dev.broadside.loads.TestReports.OpenTest;
import org.jspecify.annotations.Nullable;

/** A test that is a lambda. */
final class LambdaTask implements HitTask {
  private final String name;
  private final LoadsTest test;

  LambdaTask(String name, LoadsTest test) {
    this.name = name;
    this.test = test;
  }

  @Override
  public void perform(TestReports reports) {
    OpenTest open = reports.start(name);
    reports.end(open, run(reports.reporter()));
  }

  private @Nullable Throwable run(LoadsReporter reporter) {
    try {
      test.run(reporter);
      return null;
    } catch (Throwable e) {
      return e;
    }
  }
}
