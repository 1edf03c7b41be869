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
import dev.broadside.oct.hq.Progress.Phase;
import dev.broadside.oct.testing.Await;
import dev.broadside.oct.testing.PythonProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** A headquarters that connects to a forwarder and a streamer, turrets on their far side. */
@Timeout(120)
class BehindDevicesTest {
  private static final Endpoint ANY_PORT = Endpoint.parse("tcp://127.0.0.1:0");

  private static final String READY =
      "{\"turret\":\"navigation\",\"status\":\"ready\",\"uuid\":\"U-1\",\"rampup\":0,"
          + "\"script\":\"v_user.py\",\"cannons\":1}";

  private static Headquarters headquarters(Endpoint forwarderFrontend, Endpoint streamerBackend) {
    Headquarters hq = settings(forwarderFrontend, streamerBackend).build();
    hq.start();
    return hq;
  }

  private static Headquarters.Builder settings(Endpoint forwarder, Endpoint streamer) {
    return Headquarters.builder()
        .ordersForwarder(forwarder.host(), forwarder.port())
        .streamer(streamer.host(), streamer.port())
        .runTime(ofMillis(500))
        .turretTimeout(ofSeconds(30));
  }

  @Test
  void aTurretOverLibzmq_firesBehindOurDevices() throws Exception {
    try (MessagingContext context = MessagingContext.create("behind-devices-test");
        Device forwarder = Device.open(context, Kind.FORWARDER, ANY_PORT, ANY_PORT);
        Device streamer = Device.open(context, Kind.STREAMER, ANY_PORT, ANY_PORT);
        Headquarters hq = headquarters(forwarder.frontend(), streamer.backend());
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
      try (Headquarters hq = headquarters(at(ports[0]), at(ports[3]));
          PythonProcess turret =
              originalTurret(Integer.parseInt(ports[1]), Integer.parseInt(ports[2]))) {
        for (int run = 1; run <= 2; run++) check(hq.run(), turret.line(), run);
      }
    }
  }

  private static Endpoint at(String port) {
    return Endpoint.parse("tcp://127.0.0.1:" + port);
  }

  private static PythonProcess originalTurret(int orders, int results) throws Exception {
    return PythonProcess.start("original_turret.py", "127.0.0.1", orders, results, 2);
  }

  private static void check(RunResult result, String printed, int run) {
    assertThat(printed).isEqualTo("run " + run + " sent " + result.all().count());
    assertThat(result.all().count()).isPositive();
    assertThat(result.counters().values()).containsOnly(0L);
  }

  @Test
  void ourTurret_servesOneHeadquartersAfterTheOther() {
    try (MessagingContext context = MessagingContext.create("behind-devices-test");
        Device forwarder = Device.open(context, Kind.FORWARDER, ANY_PORT, ANY_PORT);
        Device streamer = Device.open(context, Kind.STREAMER, ANY_PORT, ANY_PORT);
        Turret turret =
            Turret.builder(() -> transaction -> Thread.sleep(1))
                .headquarters("127.0.0.1", forwarder.backend().port(), streamer.frontend().port())
                .build()) {
      turret.start();
      for (int i = 0; i < 3; i++) {
        try (Headquarters hq = headquarters(forwarder.frontend(), streamer.backend())) {
          assertThat(hq.run().all().count()).as("run " + i).isPositive();
        }
      }
    }
  }

  /** A status comes through the streamer long before any order has a way. */
  @Test
  void aRun_startsWhenItsOrdersHaveAWay() throws Exception {
    CompletableFuture<Progress> told = new CompletableFuture<>();
    Endpoint frontend = freePort();
    Endpoint backend = freePort();
    try (MessagingContext context = MessagingContext.create("behind-devices-test");
        Device streamer = Device.open(context, Kind.STREAMER, ANY_PORT, ANY_PORT);
        Headquarters hq =
            settings(frontend, streamer.backend()).onProgress(told::complete).build();
        ZContext zmq = new ZContext();
        ZMQ.Socket results = zmq.createSocket(SocketType.PUSH);
        ZMQ.Socket orders = zmq.createSocket(SocketType.SUB)) {
      hq.start();
      results.connect(streamer.frontend().toString());
      orders.subscribe("");
      orders.setReceiveTimeOut(20_000);
      orders.connect(backend.toString());
      results.send(READY);
      Await.until("the turret is ready", () -> hq.turrets().size() == 1);
      CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(hq::run);
      assertThat(told.get(20, TimeUnit.SECONDS).turrets()).isEqualTo(1);
      assertThat(told.get().phase()).isEqualTo(Phase.WAITING);
      try (Device forwarder = Device.open(context, Kind.FORWARDER, frontend, backend)) {
        results.send(READY);
        awaitOrder(orders, "set_transaction_context");
        awaitOrder(orders, "open fire");
        assertThat(forwarder.frontend()).isEqualTo(frontend);
        hq.endRun();
        awaitOrder(orders, "premature stop");
        results.send(READY);
        assertThat(run.get(20, TimeUnit.SECONDS).all().count()).isZero();
      }
    }
  }

  private static void awaitOrder(ZMQ.Socket orders, String part) {
    String order = "";
    while (!order.contains(part)) {
      order = orders.recvStr();
      if (order == null) throw new AssertionError("no " + part + " within 20 s");
    }
  }

  private static Endpoint freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Endpoint.tcp("127.0.0.1", free.getLocalPort());
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
