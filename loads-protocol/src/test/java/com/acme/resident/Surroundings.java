package com.acme.resident;

import dev.broadside.users.Transaction;
import dev.broadside.users.TransactionContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes its variables into the file that one of them names. */
public final class Surroundings implements Transaction {
  /** The variable that names the file. */
  public static final String FILE = "SURROUNDINGS_FILE";

  @Override
  public void run(TransactionContext context) throws IOException {
    Map<String, String> variables = System.getenv();
    Files.write(
        Path.of(variables.get(FILE)),
        variables.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).toList());
  }
}
