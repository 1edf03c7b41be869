/**
 * The core of Broadside: messaging over ZeroMQ, virtual users and their transactions, measurements.
 */
@SuppressWarnings({
  "requires-automatic",
  "requires-transitive-automatic", // HdrHistogram
  "module" // the modules that terminal is for are built later
})
module dev.broadside.core {
  requires static org.jspecify;
  requires HdrHistogram;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires org.zeromq.jeromq;
  requires static org.junit.jupiter.api; // only for load tests that are tests of JUnit
  requires java.management; // what the JVM has spent in garbage collections
  requires static java.compiler; // only to load transactions from .java files

  exports dev.broadside;
  exports dev.broadside.junit;
  exports dev.broadside.messaging;
  exports dev.broadside.metrics;
  exports dev.broadside.report;
  exports dev.broadside.terminal to
      dev.broadside.loads,
      dev.broadside.oct;
  exports dev.broadside.users;
  exports dev.broadside.users.feed;
  exports dev.broadside.users.script;
}
