package dev.broadside.loads.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A Loads receiver on libzmq, in a process of its own, that refuses every message which could cost
 * the original something. See {@code src/test/python/strict_receiver.py}. For one thread.
 */
public final class StrictReceiver implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long BOUND_SECONDS = 30;

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Process process;
  private final String endpoint;

  private StrictReceiver(String endpoint, String... options) {
    try {
      List<String> command =
          new ArrayList<>(PythonZmq.command("strict_receiver.py", (Object[]) options));
      command.add(endpoint);
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread reader = new Thread(this::readLines, "strict-receiver-output");
    reader.setDaemon(true);
    reader.start();
    this.endpoint = answer().substring("bound ".length());
  }

  /**
   * One that binds a free TCP port of the loopback.
   *
   * @param options {@code --rate N} or {@code --paused}
   */
  public static StrictReceiver onTcp(String... options) {
    return on("tcp://127.0.0.1:0", options);
  }

  /**
   * One that binds a real Unix socket.
   *
   * @param options {@code --rate N} or {@code --paused}
   */
  public static StrictReceiver onIpc(Path socket, String... options) {
    return on("ipc://" + socket, options);
  }

  /** One that binds just there, as one that comes back does. */
  public static StrictReceiver on(String endpoint, String... options) {
    return new StrictReceiver(endpoint, options);
  }

  private void readLines() {
    try (BufferedReader output = process.inputReader(UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) lines.add(line);
    } catch (IOException e) {
      lines.add("its output broke off: " + e);
    }
  }

  private String answer() {
    return answer(BOUND_SECONDS);
  }

  private String answer(long seconds) {
    try {
      String line = lines.poll(seconds, TimeUnit.SECONDS);
      if (line == null) throw new AssertionError("the receiver said nothing for " + seconds + " s");
      return line;
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  private void say(String order) {
    try {
      process.getOutputStream().write((order + "\n").getBytes(UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String ask(String order) {
    say(order);
    return answer();
  }

  /** Where it is bound, as {@code LOADS_ZMQ_RECEIVER} has it. */
  public String endpoint() {
    return endpoint;
  }

  /** The process that receives. */
  public long pid() {
    return process.pid();
  }

  /** The variables that the original gives to a process of a run of one user and so many hits. */
  public Map<String, String> environment(int hits) {
    return Map.of(
        "LOADS_ZMQ_RECEIVER", endpoint,
        "LOADS_AGENT_ID", "None",
        "LOADS_RUN_ID", "",
        "LOADS_TOTAL_USERS", "1",
        "LOADS_CURRENT_USER", "1",
        "LOADS_TOTAL_HITS", Integer.toString(hits));
  }

  /** What it received up to now. */
  public Verdict verdict() {
    return Verdict.parse(ask("verdict"));
  }

  /** What it received once so many messages came, good and bad ones; or after 30 s. */
  public Verdict awaitMessages(long messages) {
    say("await " + messages + " " + BOUND_SECONDS);
    return Verdict.parse(answer(2 * BOUND_SECONDS));
  }

  /** The frames that it received, the first 16 MB of them. */
  public List<JsonNode> frames() {
    try {
      List<JsonNode> frames = new ArrayList<>();
      for (JsonNode raw : JSON.readTree(ask("frames"))) frames.add(JSON.readTree(raw.textValue()));
      return frames;
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** Stops reading. */
  public void pause() {
    ask("pause");
  }

  /** Reads on. */
  public void resume() {
    ask("resume");
  }

  /** Closes its socket, with all that is unread. */
  public void die() {
    ask("die");
  }

  /** Binds its socket anew. */
  public void comeBack() {
    ask("return");
  }

  /**
   * From now on it behaves as the original at a run's end: it stops at the first 500 ms tick that
   * finds none of these processes alive, with whatever it has not read.
   */
  public void watch(long... pids) {
    String list = LongStream.of(pids).mapToObj(Long::toString).collect(Collectors.joining(" "));
    say("watch " + list);
  }

  /** What it had received when it stopped by itself, see {@link #watch}. */
  public Verdict awaitStop() {
    return Verdict.parse(answer(2 * BOUND_SECONDS));
  }

  /** Reads until nothing comes any more, and ends. */
  public Verdict end() {
    return Verdict.parse(ask("end " + BOUND_SECONDS / 2));
  }

  /** Ends its process, with all that is unread. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS);
      if (endpoint.startsWith("ipc://")) {
        Files.deleteIfExists(Path.of(endpoint.substring("ipc://".length())));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What was received, messages of a batch one by one; faulty ones are in the violations alone. */
  public record Verdict(JsonNode json) {
    private static Verdict parse(String line) {
      try {
        return new Verdict(JSON.readTree(line));
      } catch (JsonProcessingException e) {
        throw new AssertionError("the receiver said: " + line, e);
      }
    }

    /** All good messages. */
    public long messages() {
      return json.get("messages").longValue();
    }

    /** All that arrived in one piece; a batch is one of them. */
    public long frames() {
      return json.get("frames").longValue();
    }

    /** Frames that were a {@code batch}. */
    public long batches() {
      return json.get("batches").longValue();
    }

    /** Messages of this {@code data_type}. */
    public long count(String dataType) {
      return json.at("/counts").path(dataType).longValue();
    }

    /** Messages of this {@code data_type} about the test. */
    public long count(String dataType, String test) {
      return json.get("tests").path(test).path(dataType).longValue();
    }

    /** Messages of this {@code data_type} with these four numbers, or null, as their status. */
    public long countWithStatus(String dataType, int... status) {
      String key =
          Arrays.stream(status).mapToObj(Integer::toString).collect(Collectors.joining(","));
      return json.get("statuses").path(key.isEmpty() ? "none" : key).path(dataType).longValue();
    }

    /** How often this URL was hit. */
    public long hits(String url) {
      return json.get("urls").path(url).longValue();
    }

    /** How often this counter was increased. */
    public long counter(String name) {
      return json.get("counters").path(name).longValue();
    }

    /** The bytes of all socket messages. */
    public long bytes() {
      return json.get("bytes").longValue();
    }

    /** The names of all tests. */
    public List<String> tests() {
      return names("tests");
    }

    /** The agents that reported. */
    public List<String> agents() {
      return names("agents");
    }

    /** The runs that were reported. */
    public List<String> runs() {
      return names("runs");
    }

    private List<String> names(String what) {
      List<String> names = new ArrayList<>();
      json.get(what).fieldNames().forEachRemaining(names::add);
      return names;
    }

    /** How many tests there were, one for each name, user, hit, agent and run. */
    public long testCourses() {
      return json.get("test_courses").longValue();
    }

    /** Of those, such as were not started, decided and stopped exactly once; the first hundred. */
    public List<String> unfinished() {
      return texts("unfinished");
    }

    /** What was wrong, the first hundred with an excerpt. */
    public List<String> violations() {
      return texts("violations");
    }

    private List<String> texts(String what) {
      List<String> texts = new ArrayList<>();
      json.get(what).forEach(text -> texts.add(text.textValue()));
      return texts;
    }
  }
}
