package dev.broadside.examples.benchmarks;

/**
 * Where a counter listens.
 *
 * @param orders its PUB socket
 * @param results its PULL socket
 */
record Ports(int orders, int results) {
  static Ports parse(String line) {
    String[] fields = line.split(" ", -1);
    return new Ports(Integer.parseInt(fields[0]), Integer.parseInt(fields[1]));
  }

  String line() {
    return orders + " " + results;
  }
}
