package dev.broadside.examples.benchmarks;

/**
 * What the counter saw in one round.
 *
 * @param received all messages but statuses, from the first to the last
 * @param bytes their bytes
 * @param timed how many of them came while time was taken
 * @param nanos how long time was taken, from the first message on
 */
record Tally(long received, long bytes, long timed, long nanos) {
  static Tally parse(String line) {
    String[] fields = line.split(" ", -1);
    return new Tally(
        Long.parseLong(fields[0]),
        Long.parseLong(fields[1]),
        Long.parseLong(fields[2]),
        Long.parseLong(fields[3]));
  }

  String line() {
    return received + " " + bytes + " " + timed + " " + nanos;
  }

  double perSecond() {
    return timed * 1e9 / nanos;
  }

  int messageSize() {
    return (int) (bytes / received);
  }
}
