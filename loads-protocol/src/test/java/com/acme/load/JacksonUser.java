package com.acme.load;

import dev.broadside.users.Transaction;
import dev.broadside.users.TransactionContext;

/** Fails where it sees what is inside of the runner's jar, other than the library itself. */
public class JacksonUser implements Transaction {
  @Override
  public void run(TransactionContext context) throws ClassNotFoundException {
    for (String hidden :
        new String[] {
          "com.fasterxml.jackson.core.JsonFactory", "org.zeromq.ZContext", "picocli.CommandLine"
        }) {
      try {
        throw new AssertionError(Class.forName(hidden) + " is seen by tests");
      } catch (ClassNotFoundException e) {
        // as it should be
      }
    }
    Class<?> unused = Class.forName("dev.broadside.loads.LoadsReporter");
  }
}
