package dev.broadside.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp://127.0.0.1:5000",
        "tcp://hq.example.org:5001",
        "tcp://*:5000",
        "tcp://[::1]:5000",
        "tcp://[fe80::1%eth0]:1",
        "tcp://localhost:0",
        "tcp://10.0.0.4:65535",
        "ipc:///tmp/loads-external-receiver.ipc",
        "ipc://relative/path with spaces",
        "ipc:///tmp/a:5000",
      })
  void parse_roundTrips(String text) {
    assertThat(Endpoint.parse(text)).hasToString(text);
    assertThat(Endpoint.parse(Endpoint.parse(text).toString())).isEqualTo(Endpoint.parse(text));
  }

  @Test
  void parse_takesTcpApart() {
    Endpoint endpoint = Endpoint.parse("tcp://hq:5000");
    assertThat(endpoint.scheme()).isEqualTo(Endpoint.Scheme.TCP);
    assertThat(endpoint.host()).isEqualTo("hq");
    assertThat(endpoint.port()).isEqualTo(5000);
  }

  @Test
  void parse_takesIpcApart() {
    Endpoint endpoint = Endpoint.parse("ipc:///tmp/x.ipc");
    assertThat(endpoint.scheme()).isEqualTo(Endpoint.Scheme.IPC);
    assertThat(endpoint.path()).isEqualTo("/tmp/x.ipc");
  }

  @Test
  void parse_keepsTheBracketsOfIpv6() {
    Endpoint endpoint = Endpoint.parse("tcp://[2001:db8::7]:5000");
    assertThat(endpoint.host()).isEqualTo("[2001:db8::7]");
    assertThat(endpoint.port()).isEqualTo(5000);
  }

  @Test
  void parse_takesAStarAsPortZero() {
    assertThat(Endpoint.parse("tcp://127.0.0.1:*")).isEqualTo(Endpoint.tcp("127.0.0.1", 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "localhost:5000 | has no scheme; expected tcp://host:port or ipc://path",
        "`` | has no scheme; expected tcp://host:port or ipc://path",
        "tcp:/localhost:5000 | has no scheme; expected tcp://host:port or ipc://path",
        "udp://localhost:5000 | has an unknown scheme; expected tcp://host:port or ipc://path",
        "inproc://x | has an unknown scheme; expected tcp://host:port or ipc://path",
        "://localhost:5000 | has an unknown scheme; expected tcp://host:port or ipc://path",
        "tcp://localhost | has no port; expected tcp://host:port",
        "tcp://[::1] | has no port; expected tcp://host:port",
        "tcp:// | has no port; expected tcp://host:port",
        "tcp://:5000 | has no host; expected tcp://host:port",
        "tcp://::1:5000 | has an IPv6 address without brackets; expected tcp://[::1]:port",
        "tcp://localhost: | has the port \"\"; expected a number from 0 to 65535",
        "tcp://localhost:http | has the port \"http\"; expected a number from 0 to 65535",
        "tcp://localhost:5000/ | has the port \"5000/\"; expected a number from 0 to 65535",
        "tcp://localhost:65536 | has the port \"65536\"; expected a number from 0 to 65535",
        "tcp://localhost:-1 | has the port \"-1\"; expected a number from 0 to 65535",
        "tcp://localhost:99999999999 | has the port \"99999999999\"; expected a number from 0 to"
            + " 65535",
        "ipc:// | has no path; expected ipc:///path/of/a/socket",
        "`ipc://  ` | has no path; expected ipc:///path/of/a/socket",
      })
  void parse_saysWhatIsWrong(String text, String fault) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Endpoint.parse(text))
        .withMessage("endpoint \"" + text + "\" " + fault);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tcp://[::1:5000", "tcp://::1]:5000", "tcp://[]:5000", "tcp://[::1]x:5000"})
  void parse_refusesBracketsThatDoNotMatch(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Endpoint.parse(text))
        .withMessageStartingWith("endpoint \"" + text + "\" ");
  }

  @Test
  void parse_namesItsNullArgument() {
    assertThatNullPointerException().isThrownBy(() -> Endpoint.parse(null)).withMessage("endpoint");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65536})
  void tcp_refusesAPortOutOfRange(int port) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Endpoint.tcp("hq", port))
        .withMessage("port not between 0 and 65535: " + port);
  }

  @Test
  void tcp_refusesAnEmptyHost() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Endpoint.tcp(" ", 5000))
        .withMessage("host is empty");
  }

  @Test
  void tcp_putsIpv6InBrackets() {
    assertThat(Endpoint.tcp("::1", 5000)).isEqualTo(Endpoint.parse("tcp://[::1]:5000"));
    assertThat(Endpoint.tcp("[::1]", 5000)).isEqualTo(Endpoint.parse("tcp://[::1]:5000"));
  }

  @Test
  void accessors_refuseTheOtherScheme() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Endpoint.parse("ipc:///tmp/x").port())
        .withMessage("ipc:///tmp/x has no port");
    assertThatIllegalStateException()
        .isThrownBy(() -> Endpoint.parse("ipc:///tmp/x").host())
        .withMessage("ipc:///tmp/x has no host");
    assertThatIllegalStateException()
        .isThrownBy(() -> Endpoint.parse("tcp://hq:1").path())
        .withMessage("tcp://hq:1 has no path");
  }

  @ParameterizedTest
  @CsvSource({
    "tcp://127.0.0.1:5000, true",
    "tcp://127.8.0.1:5000, true",
    "tcp://localhost:5000, true",
    "tcp://[::1]:5000, true",
    "ipc:///tmp/x, true",
    "tcp://*:5000, false",
    "tcp://0.0.0.0:5000, false",
    "tcp://10.0.0.4:5000, false",
    "tcp://hq:5000, false",
  })
  void isLoopback_goesByTheText(String text, boolean loopback) {
    assertThat(Endpoint.parse(text).isLoopback()).isEqualTo(loopback);
  }

  @Test
  void equals_comparesAllParts() {
    assertThat(Endpoint.parse("tcp://hq:1"))
        .isEqualTo(Endpoint.tcp("hq", 1))
        .hasSameHashCodeAs(Endpoint.tcp("hq", 1))
        .isNotEqualTo(Endpoint.tcp("hq", 2))
        .isNotEqualTo(Endpoint.tcp("hq2", 1))
        .isNotEqualTo(Endpoint.parse("ipc://hq"))
        .isNotEqualTo("tcp://hq:1");
  }
}
