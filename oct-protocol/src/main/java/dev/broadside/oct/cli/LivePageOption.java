package dev.broadside.oct.cli;

import dev.broadside.messaging.Endpoint;
import dev.broadside.oct.hq.Headquarters;
import dev.broadside.oct.live.LivePage;
import dev.broadside.report.ReportDetails;
import java.util.Map;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The option {@code --web}. */
final class LivePageOption {
  private static final String DEFAULT_PORT = "5080";

  @Option(
      names = "--web",
      arity = "0..1",
      paramLabel = "[ADDRESS:]PORT",
      preprocessor = PlaceOrNone.class,
      description =
          "Show the run in the browser while it goes on, with buttons to start, stop and kill."
              + " Default: "
              + DEFAULT_PORT
              + " on 127.0.0.1; port 0 is a free one. There is no TLS, so take another address, or *"
              + " for all, only in a network that you trust.")
  private @Nullable String place;

  /** The page where it is wanted, open; else null. */
  @Nullable LivePage open(Headquarters hq, String title) {
    if (place == null) return null;
    Endpoint endpoint = endpoint(place);
    return LivePage.builder(hq)
        .address(endpoint.host())
        .port(endpoint.port())
        .details(ReportDetails.of(title))
        .open();
  }

  private static Endpoint endpoint(String place) {
    boolean isPort = place.indexOf(':') < 0;
    try {
      return Endpoint.parse("tcp://" + (isPort ? "127.0.0.1:" : "") + place);
    } catch (IllegalArgumentException e) {
      throw new WrongUseException(
          "--web: " + place + " is no port from 0 to 65535, nor ADDRESS:PORT");
    }
  }

  /** Leaves what follows the option alone unless it is a place: {@code --web shop}. */
  static final class PlaceOrNone implements IParameterPreprocessor {
    @Override
    @SuppressWarnings("JdkObsolete") // picocli's
    public boolean preprocess(
        Stack<String> args, CommandSpec command, ArgSpec option, Map<String, Object> info) {
      boolean attached = "=".equals(info.get("separator"));
      if (!attached && (args.isEmpty() || !args.peek().matches("(.*:)?\\d+"))) {
        args.push(DEFAULT_PORT);
      }
      return false; // picocli takes it from there
    }
  }
}
