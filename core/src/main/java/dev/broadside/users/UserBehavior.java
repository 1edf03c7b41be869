package dev.broadside.users;

/** How a virtual user goes through its iterations. One instance may serve many users at once. */
@FunctionalInterface
public interface UserBehavior {
  /** One iteration after the other, until the run is over. */
  UserBehavior CONTINUOUS =
      iterations -> {
        while (iterations.next()) {}
      };

  /**
   * Asks for iterations until there are no more, or until this user has done its part. What it
   * throws becomes a result with an error, and it is called again after a pause.
   */
  void go(Iterations iterations) throws Exception;
}
