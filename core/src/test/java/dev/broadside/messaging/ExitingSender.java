package dev.broadside.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.zeromq.ZMQ;

/** A process that sends, closes its sender and is gone: by exit, or by the end of its main. */
final class ExitingSender {
  private ExitingSender() {}

  static Process start(Endpoint endpoint, int messages, String end) throws IOException {
    String classPath = "";
    for (Class<?> type : List.of(MessageSender.class, ExitingSender.class, ZMQ.class)) {
      String place = type.getProtectionDomain().getCodeSource().getLocation().getPath();
      classPath += Path.of(place) + System.getProperty("path.separator");
    }
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            classPath,
            ExitingSender.class.getName(),
            endpoint.toString(),
            "" + messages,
            end)
        .inheritIO()
        .start();
  }

  public static void main(String[] args) {
    int messages = Integer.parseInt(args[1]);
    MessagingContext context = MessagingContext.create("exiting");
    MessageSender sender =
        MessageSender.builder(context, Endpoint.parse(args[0])).relayed().capacity(messages).open();
    for (int i = 0; i < messages; i++) sender.send(("" + i).getBytes(UTF_8));
    Account account = sender.close(Duration.ofSeconds(20));
    if (account.sent() != messages) throw new AssertionError(account);
    if (args[2].equals("exit")) System.exit(0); // the context is still open
  }
}
