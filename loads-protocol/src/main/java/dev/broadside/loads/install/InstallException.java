package dev.broadside.loads.install;

/** The scripts cannot be written; the message says why. */
public final class InstallException extends Exception {
  private static final long serialVersionUID = 1;

  InstallException(String message) {
    super(message);
  }

  InstallException(String message, Throwable cause) {
    super(message, cause);
  }
}
