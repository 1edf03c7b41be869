package dev.broadside.loads.protocol;

import org.jspecify.annotations.Nullable;

/** What a runner has to say, without the frame's own fields (see {@link LoadsReport}). */
public sealed interface LoadsMessage {
  /** What it is called on the wire. */
  String dataType();

  /** Where in its step the user is who sends this; null where the message does not say. */
  @Nullable LoadsStatus loadsStatus();

  /** A test begins. */
  record StartTest(String test, LoadsStatus loadsStatus) implements LoadsMessage {
    @Override
    public String dataType() {
      return "startTest";
    }
  }

  /** A test has ended, however it went. */
  record StopTest(String test, LoadsStatus loadsStatus) implements LoadsMessage {
    @Override
    public String dataType() {
      return "stopTest";
    }
  }

  /** A test passed. */
  record AddSuccess(String test, LoadsStatus loadsStatus) implements LoadsMessage {
    @Override
    public String dataType() {
      return "addSuccess";
    }
  }

  /** An assertion of a test failed. */
  record AddFailure(String test, ExcInfo excInfo, LoadsStatus loadsStatus) implements LoadsMessage {
    @Override
    public String dataType() {
      return "addFailure";
    }
  }

  /** A test broke by anything but an assertion. */
  record AddError(String test, ExcInfo excInfo, LoadsStatus loadsStatus) implements LoadsMessage {
    @Override
    public String dataType() {
      return "addError";
    }
  }

  /**
   * A request and its answer.
   *
   * @param status the response's code
   * @param started ISO 8601 in UTC without zone; of others, whatever they sent
   * @param elapsedNanos how long it took
   */
  record AddHit(
      String url,
      String method,
      int status,
      String started,
      long elapsedNanos,
      @Nullable LoadsStatus loadsStatus)
      implements LoadsMessage {
    @Override
    public String dataType() {
      return "add_hit";
    }
  }

  /**
   * A socket was opened.
   *
   * @param loadsStatus as loads.js sends it; never sent by us, since the original rejects it
   */
  record SocketOpen(@Nullable LoadsStatus loadsStatus) implements LoadsMessage {
    @Override
    public String dataType() {
      return "socket_open";
    }
  }

  /**
   * A socket was closed.
   *
   * @param loadsStatus as loads.js sends it; never sent by us, since the original rejects it
   */
  record SocketClose(@Nullable LoadsStatus loadsStatus) implements LoadsMessage {
    @Override
    public String dataType() {
      return "socket_close";
    }
  }

  /**
   * Bytes went over a socket.
   *
   * @param size how many
   * @param loadsStatus as loads.js sends it; never sent by us, since the original rejects it
   */
  record SocketMessage(long size, @Nullable LoadsStatus loadsStatus) implements LoadsMessage {
    @Override
    public String dataType() {
      return "socket_message";
    }
  }

  /** A counter of a test's own goes up by one. */
  record IncrCounter(String test, LoadsStatus loadsStatus, String name) implements LoadsMessage {
    @Override
    public String dataType() {
      return "incr_counter";
    }
  }

  /** A message of a type that a runner does not send, or that nobody knows. Received only. */
  record Other(String dataType) implements LoadsMessage {
    @Override
    public @Nullable LoadsStatus loadsStatus() {
      return null;
    }
  }
}
