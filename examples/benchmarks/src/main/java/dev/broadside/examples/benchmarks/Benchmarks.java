package dev.broadside.examples.benchmarks;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The command {@code java -jar benchmarks.jar}: the first argument names the benchmark. */
public final class Benchmarks {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;
  private static final Logger HOUSE =
      Logger.getLogger("dev.broadside"); // held, or its level is lost

  private Benchmarks() {}

  /** Runs one benchmark; exits with 1 if it failed, with 2 if it was called wrongly. */
  public static void main(String[] args) throws Exception {
    HOUSE.setLevel(Level.WARNING);
    System.exit(run(List.of(args)));
  }

  private static int run(List<String> args) throws Exception {
    String name = args.isEmpty() ? "" : args.get(0);
    List<String> rest = args.isEmpty() ? args : args.subList(1, args.size());
    try {
      return switch (name) {
        case "turret" -> new TurretBenchmark(TurretOptions.parse(rest)).run() ? 0 : FAILED;
        case "hq" -> new HqBenchmark(HqOptions.parse(rest)).run() ? 0 : FAILED;
        case "connections" ->
            new ConnectionsBenchmark(ConnectionsOptions.parse(rest)).run() ? 0 : FAILED;
        case "starts" -> new StartsBenchmark(StartsOptions.parse(rest)).run() ? 0 : FAILED;
        case "schedule" -> {
          new ScheduleBenchmark(ScheduleOptions.parse(rest)).run();
          yield 0;
        }
        case CounterProcess.COMMAND -> Counter.serve(System.in, System.out);
        case FeederProcess.COMMAND -> Feeder.serve(System.in, System.out);
        default -> throw new IllegalArgumentException("no benchmark \"" + name + "\"");
      };
    } catch (IllegalArgumentException e) {
      System.err.println(
          String.join(
              System.lineSeparator(),
              e.getMessage() + "; usage:",
              TurretOptions.USAGE,
              HqOptions.USAGE,
              ConnectionsOptions.USAGE,
              StartsOptions.USAGE,
              ScheduleOptions.USAGE));
      return WRONG_USAGE;
    }
  }
}
