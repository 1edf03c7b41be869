package dev.broadside.oct.cli;

import picocli.CommandLine.Command;

/** {@code oct turret}, which has only subcommands. */
@Command(
    name = "turret",
    description = "Runs turrets.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = TurretStart.class)
final class TurretCommand {}
