package com.acme.load;

import dev.broadside.loads.LoadsEnvironment;
import dev.broadside.users.Transaction;
import dev.broadside.users.TransactionContext;
import java.time.Duration;

/** Has a timer that names the user. */
public class CurrentUser implements Transaction {
  @Override
  public void run(TransactionContext context) {
    int user = LoadsEnvironment.current().currentUser();
    if (user != context.userNumber()) throw new AssertionError(user);
    context.addTime("http://user/" + user, Duration.ofMillis(1));
  }
}
