package dev.broadside.oct.hq;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.broadside.messaging.Device;
import dev.broadside.messaging.Device.Kind;
import dev.broadside.messaging.Endpoint;
import dev.broadside.messaging.MessagingContext;
import dev.broadside.metrics.RunResult;
import dev.broadside.oct.Turret;
import dev.broadside.oct.testing.PythonProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A headquarters that connects to a forwarder and a streamer, turrets on their far side. */
@Timeout(120)
class BehindDevicesTest {
  private static final Endpoint ANY_PORT = Endpoint.parse("tcp://127.0.0.1:0");

  private static Headquarters headquarters(int forwarderFrontend, int streamerBackend) {
    Headquarters hq =
        Headquarters.builder()
            .ordersForwarder("127.0.0.1", forwarderFrontend)
            .streamer("127.0.0.1", streamerBackend)
            .runTime(ofMillis(500))
            .turretTimeout(ofSeconds(30))
            .build();
    hq.start();
    return hq;
  }

  @Test
  void aTurretOverLibzmq_firesBehindOurDevices() throws Exception {
    try (MessagingContext context = MessagingContext.create("behind-devices-test");
        Device forwarder = Device.open(context, Kind.FORWARDER, ANY_PORT, ANY_PORT);
        Device streamer = Device.open(context, Kind.STREAMER, ANY_PORT, ANY_PORT);
        Headquarters hq = headquarters(forwarder.frontend().port(), streamer.backend().port());
        PythonProcess turret =
            originalTurret(forwarder.backend().port(), streamer.frontend().port())) {
      assertThat(hq.reach())
          .isEqualTo(
              "orders to the forwarder at %s, results from the streamer at %s; there is no authentication",
              forwarder.frontend(), streamer.backend());
      for (int run = 1; run <= 2; run++) check(hq.run(), turret.line(), run);
    }
  }

  @Test
  void aTurretOverLibzmq_firesBehindDevicesOfLibzmq() throws Exception {
    try (PythonProcess devices = PythonProcess.start("devices.py")) {
      String[] ports = devices.line().split(" ");
      try (Headquarters hq = headquarters(Integer.parseInt(ports[0]), Integer.parseInt(ports[3]));
          PythonProcess turret =
              originalTurret(Integer.parseInt(ports[1]), Integer.parseInt(ports[2]))) {
        for (int run = 1; run <= 2; run++) check(hq.run(), turret.line(), run);
      }
    }
  }

  private static PythonProcess originalTurret(int orders, int results) throws Exception {
    return PythonProcess.start("original_turret.py", "127.0.0.1", orders, results, 2);
  }

  private static void check(RunResult result, String printed, int run) {
    assertThat(printed).isEqualTo("run " + run + " sent " + result.all().count());
    assertThat(result.all().count()).isPositive();
    assertThat(result.counters().values()).containsOnly(0L);
  }

  /** A start that were lost would be repeated after four seconds only. */
  @Test
  void aHeadquartersThatConnects_losesNoStart() throws Exception {
    try (MessagingContext context = MessagingContext.create("behind-devices-test");
        Device forwarder = Device.open(context, Kind.FORWARDER, ANY_PORT, ANY_PORT);
        Device streamer = Device.open(context, Kind.STREAMER, ANY_PORT, ANY_PORT);
        Turret turret =
            Turret.builder(() -> transaction -> Thread.sleep(1))
                .headquarters("127.0.0.1", forwarder.backend().port(), streamer.frontend().port())
                .build()) {
      turret.start();
      for (int i = 0; i < 10; i++) {
        try (Headquarters hq =
            headquarters(forwarder.frontend().port(), streamer.backend().port())) {
          assertThat(hq.run().all().count()).as("run " + i).isPositive();
        }
      }
    }
  }

  @Test
  void aHeadquartersThatNobodyHears_saysSo() {
    try (MessagingContext context = MessagingContext.create("behind-devices-test");
        Device forwarder = Device.open(context, Kind.FORWARDER, ANY_PORT, ANY_PORT);
        Headquarters hq =
            Headquarters.builder()
                .ordersForwarder("127.0.0.1", forwarder.frontend().port())
                .resultsPort(0)
                .turretTimeout(ofMillis(100))
                .build()) {
      hq.start();
      assertThat(hq.reach())
          .startsWith(
              "orders to the forwarder at " + forwarder.frontend() + ", results at tcp://127")
          .endsWith(": only this machine can reach them; there is no authentication");
      assertThatThrownBy(hq::run)
          .isInstanceOf(MissingTurretsException.class)
          .hasMessageEndingWith("; no turret has subscribed at the forwarder of orders");
    }
  }

  @Test
  void aDevicesPort_isKnown() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Headquarters.builder().streamer("127.0.0.1", 0))
        .withMessage("port 0 is for binding only");
  }
}
