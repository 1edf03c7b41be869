package dev.broadside.oct.cli;

import dev.broadside.oct.packaging.TurretArchive;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code oct pack-turrets PROJECT}. */
@Command(
    name = "pack-turrets",
    aliases = "pack",
    description =
        "Packs each turret of a project, with its script, into an archive in the project's folder.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PackTurrets implements Callable<Integer> {
  @Mixin private ProjectFolder project;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    List<Path> archives =
        TurretArchive.pack(project.folder()).stream().map(OwnCommand::shortened).toList();
    PrintWriter out = spec.commandLine().getOut();
    archives.forEach(archive -> out.println("Packed " + archive));
    out.println("On the machine that is to fire:");
    archives.forEach(
        archive -> out.println("  " + OwnCommand.line("turret", "start", "--tar", archive)));
    return ExitCode.OK;
  }
}
