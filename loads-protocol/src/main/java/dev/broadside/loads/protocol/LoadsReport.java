package dev.broadside.loads.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One frame of a runner: a message, or a batch of them.
 *
 * @param agentId the agent that runs the user; empty when it was not sent
 * @param runId the run; empty under a standalone {@code loads-runner}
 * @param hostname where from, if it was sent
 * @param messages what is in it; unmodifiable
 * @param faults what could not be read of a batch, each in words; unmodifiable
 */
public record LoadsReport(
    String agentId,
    String runId,
    @Nullable String hostname,
    List<LoadsMessage> messages,
    List<String> faults) {
  /** Takes copies. */
  public LoadsReport {
    messages = List.copyOf(messages);
    faults = List.copyOf(faults);
  }
}
