package dev.broadside.loads.install;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.CodeSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Writes the scripts {@code loads-java-once} and {@code loads-java} into a folder, for the java and
 * the jar that it runs on, each with an archive of the classes it loads. Installing again replaces
 * them, also under users that run.
 */
public final class Installer {
  private static final String ONCE_MAIN = "dev.broadside.loads.cli.LoadsRunnerCommand";
  private static final String RESIDENT_MAIN = "dev.broadside.loads.resident.ResidentRunner";
  private static final Pattern UNSPEAKABLE = Pattern.compile("[\\s{}]");
  private static final List<String> ONCE_FLAGS =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:Tier3InvocationThreshold=2000", // ten times each: what a start calls some hundred
          "-XX:Tier3MinInvocationThreshold=1000", // times is not worth compiling
          "-XX:Tier3CompileThreshold=20000",
          "-XX:Tier3BackEdgeThreshold=600000",
          "-XX:+UseSerialGC",
          "-XX:-UsePerfData");
  private static final List<String> RESIDENT_FLAGS =
      List.of(
          "-XX:TieredStopAtLevel=1", // bursts of short users: compiling for later would take their
          // time
          "-XX:+UseSerialGC",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:-UsePerfData");

  private final Path folder;
  private final String classPath;
  private final String java;
  private final Path jar;
  private final JavaArchives archives;
  private final Consumer<String> words;

  private Installer(
      Path folder, String classPath, String java, Path jar, int feature, Consumer<String> words) {
    this.folder = folder;
    this.classPath = classPath;
    this.java = java;
    this.jar = jar;
    this.archives = new JavaArchives(feature);
    this.words = words;
  }

  /**
   * Writes the scripts.
   *
   * @param folder made if it is not there
   * @param classPath where the scripts find tests unless they are told another; empty for none
   * @param words gets a line for everything worth knowing
   * @throws InstallException if that fails
   */
  public static void install(Path folder, String classPath, Consumer<String> words)
      throws InstallException {
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(classPath, "classPath");
    Objects.requireNonNull(words, "words");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    try {
      Files.createDirectories(folder);
      Path real = folder.toRealPath();
      new Installer(real, absolute(classPath), java, ownJar(), Runtime.version().feature(), words)
          .install();
    } catch (IOException e) {
      throw new InstallException("cannot install into " + folder + ": " + e, e);
    }
  }

  private static Path ownJar() throws InstallException {
    CodeSource source = Installer.class.getProtectionDomain().getCodeSource();
    try {
      Path place = source == null ? Path.of("") : Path.of(source.getLocation().toURI());
      if (Files.isRegularFile(place)) return place.toRealPath();
      throw new InstallException("install works from loads-runner.jar, not from " + place);
    } catch (URISyntaxException | IOException e) {
      throw new InstallException("cannot find loads-runner.jar: " + e, e);
    }
  }

  private static String absolute(String classPath) {
    StringJoiner places = new StringJoiner(File.pathSeparator);
    for (String place : classPath.split(File.pathSeparator, -1)) {
      if (!place.isEmpty()) places.add(Path.of(place).toAbsolutePath().toString());
    }
    return places.toString();
  }

  private void install() throws IOException {
    String once = "loads-java-once";
    String resident = "loads-java";
    install(once, ONCE_FLAGS);
    install(resident, RESIDENT_FLAGS);
    words.accept("wrote " + folder.resolve(once) + ": a JVM for each user");
    words.accept("wrote " + folder.resolve(resident) + ": one JVM for all users (bash, Linux)");
    words.accept("  java " + java + ", jar " + jar);
    words.accept("  class path " + (classPath.isEmpty() ? "as each user is told" : classPath));
    words.accept("use it with --test-runner=\"" + folder.resolve(resident) + " {test}\"");
    if (UNSPEAKABLE.matcher(folder.toString()).find()) {
      words.accept("  (the original Loads cannot call a path with spaces or braces in it)");
    }
  }

  private void install(String name, List<String> flags) throws IOException {
    Path archive = folder.resolve(name + archives.suffix());
    Path trained = folder.resolve("." + name + archives.suffix());
    Path trial = folder.resolve("." + name);
    deleteAll(trained, trial);
    try {
      if (isLinux() || name.endsWith("-once")) train(name, flags, trained, trial);
      boolean works = Files.exists(trained) && isProven(name, flags, trained, trial);
      if (works) {
        Files.move(trained, archive, StandardCopyOption.ATOMIC_MOVE);
        words.accept("wrote " + archive + ", " + Files.size(archive) / 1_000_000 + " MB");
      } else {
        Files.deleteIfExists(archive);
        words.accept("made no archive for " + name + ": its users start, but more slowly");
      }
      script(name, flags, archive).write(folder.resolve(name));
    } finally {
      deleteAll(trained, trial);
    }
  }

  private static boolean isLinux() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).equals("linux");
  }

  private void deleteAll(Path trained, Path trial) throws IOException {
    Files.deleteIfExists(trained);
    Files.deleteIfExists(trained.resolveSibling(trained.getFileName() + ".trained"));
    Files.deleteIfExists(trial);
  }

  /** Runs a user by a script that remembers which classes it loads. */
  private void train(String name, List<String> flags, Path trained, Path trial) throws IOException {
    trial(name, flags, trained).write(trial); // there is no archive yet, so it uses none
    String file = trained.getFileName().toString();
    if (!new Rehearsal(folder, trial).run(archives.train(file))) return;
    List<String> assemble = archives.assemble(java, flags, jar, file);
    if (!assemble.isEmpty()) Rehearsal.runTool(folder, assemble);
  }

  /** One start with the archive, of the size that the script then checks. */
  private boolean isProven(String name, List<String> flags, Path trained, Path trial)
      throws IOException {
    trial(name, flags, trained).write(trial);
    return new Rehearsal(folder, trial).run("");
  }

  /** It must not pass its user on to the other script. */
  private Script trial(String name, List<String> flags, Path archive) throws IOException {
    return script(name, flags, archive).word("ONCE", "/bin/false");
  }

  private Script script(String name, List<String> flags, Path archive) throws IOException {
    boolean once = name.endsWith("-once");
    long bytes = Files.exists(archive) ? Files.size(archive) : 0;
    return new Script(name)
        .word("ONCE", folder.resolve("loads-java-once").toString())
        .word("JAVA", java)
        .word("JAR", jar.toString())
        .word("CLASS_PATH", classPath)
        .word("ARCHIVE", archive.toString())
        .word("ARCHIVE_BYTES", Long.toString(bytes))
        .words("FLAGS", flags)
        .words("ARCHIVE_FLAGS", archives.use(archive))
        .word("MAIN", once ? ONCE_MAIN : RESIDENT_MAIN);
  }
}
