package dev.broadside.loads.collector;

/**
 * A user of whom less came than was asked for: it died, was late, or never reported.
 *
 * @param step the step of the run, from 1
 * @param user the user's number in this step, from 1
 * @param what what happened, in words
 */
public record UserTrouble(int step, int user, String what) {
  /** In a line: {@code step 1, user 3: exit code 139 (SIGSEGV)}. */
  @Override
  public String toString() {
    return "step " + step + ", user " + user + ": " + what;
  }
}
