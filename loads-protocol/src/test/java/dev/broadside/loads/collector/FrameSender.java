package dev.broadside.loads.collector;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.loads.testing.PythonZmq;
import dev.broadside.messaging.Endpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Sends whatever it is given through libzmq, from a process of its own. */
final class FrameSender implements AutoCloseable {
  private final Process process;
  private final OutputStream stdin;

  private FrameSender(Process process) {
    this.process = process;
    this.stdin = process.getOutputStream();
  }

  static FrameSender to(Endpoint endpoint) throws IOException {
    return new FrameSender(
        new ProcessBuilder(PythonZmq.command("send_frames.py", endpoint))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  void send(List<byte[]> frames) throws IOException {
    String line =
        frames.stream()
            .map(Base64.getEncoder()::encodeToString)
            .collect(Collectors.joining(" ", "", "\n"));
    stdin.write(line.getBytes(US_ASCII));
  }

  void send(String message) throws IOException {
    send(List.of(message.getBytes(UTF_8)));
  }

  /** Returns when all is with the peer. */
  @Override
  public void close() throws IOException {
    stdin.close();
    try {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("all was sent").isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    assertThat(process.exitValue()).isZero();
  }
}
