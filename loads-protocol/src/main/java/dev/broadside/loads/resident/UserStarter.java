package dev.broadside.loads.resident;

import java.io.IOException;

/** Makes a user of what its launcher was given. */
@FunctionalInterface
interface UserStarter {
  /**
   * A user, not yet running. Called on the user's thread.
   *
   * @throws IOException if the launcher cannot be read, since it is gone
   */
  ResidentUser prepare(LauncherProcess launcher) throws IOException;
}
