package dev.broadside.oct.cli;

import dev.broadside.messaging.Endpoint;
import dev.broadside.oct.hq.Headquarters;
import dev.broadside.oct.hq.HqConfig;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options of {@code oct run} for live results, and for devices between the headquarters and its
 * peers. Source: the original's {@code oct run --help}.
 */
final class DeviceOptions {
  @Option(
      names = {"-p", "--publisher-channel"},
      paramLabel = "TOPIC",
      description =
          "Publishes each result as it came, under this topic, at external_publisher of config.json.")
  private @Nullable String topic;

  @Option(
      names = "--with-forwarder",
      description = "Publishes the results to a forwarder instead of listening for subscribers.")
  private boolean withForwarder;

  @Option(
      names = "--forwarder-address",
      paramLabel = "HOST:PORT",
      description = "The frontend of that forwarder. Default: 127.0.0.1 and external_publisher.")
  private @Nullable String forwarderAddress;

  @Option(
      names = "--with-streamer",
      description = "Takes results and statuses from a streamer instead of listening for turrets.")
  private boolean withStreamer;

  @Option(
      names = "--streamer-address",
      paramLabel = "HOST:PORT",
      description = "The backend of that streamer. Default: 127.0.0.1 and rc_port.")
  private @Nullable String streamerAddress;

  @Option(
      names = "--orders-forwarder",
      paramLabel = "HOST:PORT",
      description =
          "Sends orders to the frontend of this forwarder instead of listening for turrets.")
  private @Nullable String ordersForwarder;

  /** Adds what they say to the settings. */
  void apply(Headquarters.Builder settings, HqConfig config) {
    if (topic != null) settings.liveResults(topic);
    if (withForwarder || forwarderAddress != null) publishToForwarder(settings, config);
    if (withStreamer || streamerAddress != null) {
      Endpoint streamer = address("--streamer-address", streamerAddress, config.resultsPort());
      settings.streamer(streamer.host(), streamer.port());
    }
    if (ordersForwarder != null) {
      Endpoint forwarder = address("--orders-forwarder", ordersForwarder, config.publishPort());
      settings.ordersForwarder(forwarder.host(), forwarder.port());
    }
  }

  private void publishToForwarder(Headquarters.Builder settings, HqConfig config) {
    Endpoint forwarder =
        address("--forwarder-address", forwarderAddress, config.externalPublisherPort());
    settings.liveForwarder(forwarder.host(), forwarder.port());
    if (topic == null) settings.liveResults(UUID.randomUUID().toString());
  }

  private static Endpoint address(String option, @Nullable String address, int port) {
    if (address == null) return Endpoint.tcp("127.0.0.1", port);
    try {
      return Endpoint.parse("tcp://" + address);
    } catch (IllegalArgumentException e) {
      throw new WrongUseException(
          option + ": " + address + " is not HOST:PORT, as in 10.0.0.4:5001");
    }
  }
}
