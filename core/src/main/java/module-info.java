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
  requires org.zeromq.jeromq;
  requires java.management; // what the JVM has spent in garbage collections
  requires static java.compiler; // only to load transactions from .java files

  exports dev.broadside.messaging;
  exports dev.broadside.metrics;
  exports dev.broadside.report;
  exports dev.broadside.terminal to
      dev.broadside.loads,
      dev.broadside.oct;
  exports dev.broadside.users;
  exports dev.broadside.users.script;
}
