package dev.broadside.metrics;

import org.jspecify.annotations.Nullable;

/**
 * Collects how long successes and failures took. Response times take room only once one differs
 * from its service time. Only one thread may call it.
 */
final class TimesRecorder {
  private final LatencyRecorder service = new LatencyRecorder();
  private final LatencyRecorder failed = new LatencyRecorder();
  private @Nullable LatencyRecorder response; // while null, the same as service

  void record(long serviceNanos, long responseNanos, boolean failure) {
    if (failure) failed.record(serviceNanos);
    else recordSuccess(serviceNanos, responseNanos);
  }

  private void recordSuccess(long serviceNanos, long responseNanos) {
    if (responseNanos != serviceNanos) ownResponse();
    if (response != null) response.record(responseNanos);
    service.record(serviceNanos);
  }

  private LatencyRecorder ownResponse() {
    if (response == null) {
      response = new LatencyRecorder();
      response.add(service);
    }
    return response;
  }

  /** Takes what the other has recorded. */
  void add(TimesRecorder other) {
    if (other.response != null) ownResponse();
    if (response != null) response.add(other.response == null ? other.service : other.response);
    service.add(other.service);
    failed.add(other.failed);
  }

  /** Takes no more room than it must. */
  void pack() {
    service.pack();
    failed.pack();
    if (response != null) response.pack();
  }

  Latencies service() {
    return service.latencies();
  }

  /** From the intended start; null if no success had another one than its start. */
  @Nullable Latencies response() {
    return response == null ? null : response.latencies();
  }

  Latencies failed() {
    return failed.latencies();
  }

  TimeSeries.Interval interval() {
    EncodedLatencies served = service.encoded();
    EncodedLatencies responded = response == null ? served : response.encoded();
    return new TimeSeries.Interval(served, responded, failed.encoded());
  }
}
