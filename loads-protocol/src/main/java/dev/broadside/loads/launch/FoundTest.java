package dev.broadside.loads.launch;

import dev.broadside.loads.LoadsSuite;
import dev.broadside.users.script.LoadedScript;

/** What the name of a test stands for. */
public sealed interface FoundTest {
  /** A transaction: one test, which the runner reports under the name that it was called by. */
  record OfTransaction(String name, LoadedScript script) implements FoundTest {}

  /** Tests of JUnit, which report themselves. */
  record OfSuite(String name, LoadsSuite suite) implements FoundTest {}
}
