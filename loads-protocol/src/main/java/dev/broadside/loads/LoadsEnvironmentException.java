package dev.broadside.loads;

import java.util.List;

/** The {@code LOADS_*} variables are not what Loads sets. Names every faulty one. */
public final class LoadsEnvironmentException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  LoadsEnvironmentException(List<String> faults) {
    super("not started by Loads? " + String.join("; ", faults));
  }

  LoadsEnvironmentException(String message) {
    super(message);
  }
}
