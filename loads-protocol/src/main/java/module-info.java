/** Loads: runners that report to it, and a collector that any of its runners can report to. */
module dev.broadside.loads {
  requires com.fasterxml.jackson.core;
  requires transitive dev.broadside.core;
  requires static info.picocli;
  requires static org.jspecify;
  requires static org.junit.jupiter.api;
  requires static org.junit.platform.launcher;

  opens dev.broadside.loads.cli to
      info.picocli;

  exports dev.broadside.loads;
  exports dev.broadside.loads.collector;
  exports dev.broadside.loads.junit;
  exports dev.broadside.loads.protocol;
}
