package dev.broadside.oct.cli;

import dev.broadside.messaging.Device;
import dev.broadside.messaging.Endpoint;
import dev.broadside.messaging.MessagingContext;
import dev.broadside.terminal.Signals;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code oct run-device}. */
@Command(
    name = "run-device",
    description = {
      "Runs a device between headquarters and their peers, until a signal ends it.",
      "A forwarder passes on what is published, a streamer shares results between headquarters."
    },
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RunDevice implements Callable<Integer> {
  @Parameters(paramLabel = "DEVICE", description = "forwarder or streamer")
  private Device.Kind kind;

  @Option(
      names = {"-f", "--frontend"},
      paramLabel = "PORT",
      required = true,
      description = "The port that senders connect to, 0 for a free one.")
  private int frontend;

  @Option(
      names = {"-b", "--backend"},
      paramLabel = "PORT",
      required = true,
      description = "The port that receivers connect to, 0 for a free one.")
  private int backend;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "The address to listen on, 0.0.0.0 for all. There is no authentication."
              + " Default: ${DEFAULT-VALUE}.")
  private String bind;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Endpoint front = endpoint("--frontend", frontend);
    Endpoint back = endpoint("--backend", backend);
    try (MessagingContext context = MessagingContext.create("device");
        Device device = Device.open(context, kind, front, back)) {
      Signals unused = Signals.onFirst(device::close);
      introduce(device);
      device.awaitEnd();
      return ExitCode.OK;
    }
  }

  private Endpoint endpoint(String option, int port) {
    try {
      return Endpoint.tcp(bind, port);
    } catch (IllegalArgumentException e) {
      throw new WrongUseException(option + ": " + e.getMessage());
    }
  }

  private void introduce(Device device) {
    String words =
        switch (kind) {
          case FORWARDER -> "Forwarder: publishers connect to %s, subscribers to %s%n";
          case STREAMER -> "Streamer: senders connect to %s, receivers to %s%n";
        };
    PrintWriter out = spec.commandLine().getOut();
    out.printf(words, device.frontend(), device.backend());
    out.flush();
  }
}
