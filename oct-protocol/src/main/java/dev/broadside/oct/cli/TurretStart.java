package dev.broadside.oct.cli;

import dev.broadside.messaging.OverflowPolicy;
import dev.broadside.oct.Turret;
import dev.broadside.oct.TurretConfig;
import dev.broadside.oct.TurretState;
import dev.broadside.oct.packaging.TurretArchive;
import dev.broadside.oct.packaging.UnpackedTurret;
import dev.broadside.terminal.Signals;
import dev.broadside.users.UserThreads;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code oct turret start}, which the original calls {@code oct-turrets-start}. */
@Command(
    name = "start",
    description = {
      "Runs a turret until its headquarters kills it, or a signal ends it.",
      "The original calls this oct-turrets-start, with the same two options."
    },
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TurretStart implements Callable<Integer> {
  private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

  @ArgGroup(multiplicity = "1")
  private Source source;

  @Option(
      names = "--hq-address",
      paramLabel = "ADDRESS",
      description = "Where the headquarters is, instead of what the configuration says.")
  private @Nullable String hqAddress;

  @Option(
      names = "--hq-timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description =
          "How long to go on firing when the headquarters is gone in the middle of a run."
              + " Default: ${DEFAULT-VALUE}.")
  private double hqTimeout;

  @Option(
      names = "--threads",
      paramLabel = "KIND",
      defaultValue = "automatic",
      description =
          "What cannons run on: platform, virtual (Java 21 and later), or automatic: virtual from"
              + " Java 24 on. Default: ${DEFAULT-VALUE}.")
  private UserThreads threads;

  @Option(
      names = "--overflow",
      paramLabel = "POLICY",
      defaultValue = "block",
      description =
          "When results outrun the network: block holds the cannons back, drop drops results and"
              + " counts them. Default: ${DEFAULT-VALUE}.")
  private OverflowPolicy overflow;

  @Spec private CommandSpec spec;

  /** The two ways to name a turret, of which one is required. */
  static final class Source {
    @Option(
        names = "--config-file",
        paramLabel = "FILE",
        description = "The turret's configuration; its script is looked for beside it.")
    private @Nullable Path configFile;

    @Option(
        names = "--tar",
        paramLabel = "FILE",
        description = "An archive made by pack-turrets, ours or the original's.")
    private @Nullable Path tar;
  }

  @Override
  public Integer call() throws InterruptedException {
    checkOptions();
    if (source.tar == null) {
      return run(TurretConfig.read(existing(Objects.requireNonNull(source.configFile))));
    }
    try (UnpackedTurret unpacked = TurretArchive.unpack(existing(source.tar))) {
      return run(TurretConfig.read(unpacked.config()));
    }
  }

  private void checkOptions() {
    if (!(hqTimeout >= 0 && hqTimeout <= 1e9)) {
      throw new WrongUseException(
          "--hq-timeout: " + hqTimeout + " is not a number of seconds, 0 or more");
    }
    int java = Runtime.version().feature();
    if (threads == UserThreads.VIRTUAL && java < FIRST_WITH_VIRTUAL_THREADS) {
      throw new WrongUseException("--threads virtual needs Java 21 or later; this is Java " + java);
    }
  }

  private Path existing(Path file) {
    if (Files.isRegularFile(file)) return file;
    throw new WrongUseException(file + " is not a file");
  }

  private int run(TurretConfig read) throws InterruptedException {
    TurretConfig config = hqAddress == null ? read : withAddress(read, hqAddress);
    PrintWriter out = spec.commandLine().getOut();
    Turret.Builder settings =
        Turret.builder(config)
            .headquartersTimeout(Duration.ofMillis(Math.round(hqTimeout * 1000)))
            .threads(threads)
            .overflowPolicy(overflow)
            .listener(new TurretNarrator(config, out));
    try (Turret turret = settings.build()) {
      Signals unused = Signals.onFirst(() -> end(turret, out));
      turret.start();
      turret.awaitEnd();
      return turret.state() == TurretState.KILLED ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }

  private static void end(Turret turret, PrintWriter out) {
    out.println("Ending in order; once more ends at once.");
    turret.close();
  }

  private static TurretConfig withAddress(TurretConfig config, String hqAddress) {
    return new TurretConfig(
        config.file(),
        config.name(),
        config.cannons(),
        config.rampUp(),
        config.script(),
        hqAddress,
        config.hqPublisher(),
        config.hqRc(),
        config.cannonClass(),
        config.profile(),
        config.settings());
  }
}
