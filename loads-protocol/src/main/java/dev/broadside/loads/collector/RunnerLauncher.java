package dev.broadside.loads.collector;

import dev.broadside.messaging.Endpoint;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Starts the process of a user as the original {@code loads-runner} does when it stands alone
 * (docs/protocols.md 2.1): its own session, the environment that it is promised, nothing to read.
 */
final class RunnerLauncher {
  private static final String PREFIX = "LOADS_";

  private final List<String> command;
  private final Endpoint receiver;
  private final boolean showOutput;

  RunnerLauncher(List<String> command, Endpoint receiver, boolean showOutput) {
    this.command = ProcessGroups.inOwnGroup(command);
    this.receiver = receiver;
    this.showOutput = showOutput;
  }

  /**
   * Starts one.
   *
   * @param user counts from 1
   */
  Process start(FleetStep step, int user) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(showOutput ? Redirect.INHERIT : Redirect.DISCARD)
            .redirectError(showOutput ? Redirect.INHERIT : Redirect.DISCARD);
    describe(step, user, builder.environment());
    return builder.start();
  }

  private void describe(FleetStep step, int user, Map<String, String> environment) {
    environment.keySet().removeIf(name -> name.startsWith(PREFIX)); // of a run we are part of
    environment.put("LOADS_ZMQ_RECEIVER", receiver.toString());
    environment.put("LOADS_AGENT_ID", "None");
    environment.put("LOADS_RUN_ID", "");
    environment.put("LOADS_TOTAL_USERS", Integer.toString(step.users()));
    environment.put("LOADS_CURRENT_USER", Integer.toString(user));
    Duration duration = step.duration();
    if (duration == null) environment.put("LOADS_TOTAL_HITS", Integer.toString(step.hits()));
    else environment.put("LOADS_DURATION", Long.toString(duration.toSeconds()));
  }
}
