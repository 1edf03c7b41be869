package dev.broadside.oct.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.apache.commons.compress.compressors.xz.XZUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class UnpackTest {
  @TempDir Path folder;
  private Path archive;

  @BeforeEach
  void name() {
    archive = folder.resolve("navigation.tar.gz");
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    assertThat(ownFolders()).isEmpty();
  }

  @Test
  void unpack_givesTheFilesAndTheConfiguration() throws Exception {
    Tar.withConfig().file("test_scripts/VUser.java", "class").folder("empty").writeTo(archive);
    try (UnpackedTurret turret = TurretArchive.unpack(archive)) {
      assertThat(turret.config()).hasContent("{}").hasParent(turret.folder());
      assertThat(turret.folder().resolve("test_scripts/VUser.java")).hasContent("class");
      assertThat(turret.folder().resolve("empty")).isEmptyDirectory();
    }
  }

  @Test
  void unpack_theFolderIsPrivate() throws Exception {
    assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
    Tar.withConfig().writeTo(archive);
    try (UnpackedTurret turret = TurretArchive.unpack(archive)) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(turret.folder().getParent())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void close_deletesTheFolderAndMayBeCalledTwice() {
    Tar.withConfig().file("a/b/c", "").writeTo(archive);
    UnpackedTurret turret = TurretArchive.unpack(archive);
    turret.close();
    assertThat(turret.folder().getParent()).doesNotExist();
    turret.close();
  }

  @Test
  void unpack_namesThatBeginWithADot() {
    Tar.empty().folder(".").file("./config.json", "{}").file("./a/./b", "text").writeTo(archive);
    with(turret -> assertThat(turret.folder().resolve("a/b")).hasContent("text"));
  }

  @Test
  void unpack_longAndForeignNames() {
    String name = "ü/" + "long".repeat(50) + "/" + "name".repeat(30);
    Tar.withConfig().file(name, "text").writeTo(archive);
    with(turret -> assertThat(turret.folder().resolve(name)).hasContent("text"));
  }

  @Test
  void unpack_aNameTwice_takesTheLast() {
    Tar.withConfig()
        .file("a", "1")
        .file("a", "2")
        .symbolicLink("b", "a")
        .file("b", "3")
        .writeTo(archive);
    with(
        turret -> {
          assertThat(turret.folder().resolve("a")).hasContent("2");
          assertThat(turret.folder().resolve("b")).hasContent("3");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "gz", "bzip2"})
  void unpack_tellsTheCompressionFromTheContent(String compression) throws Exception {
    Files.write(archive, compressed(Tar.withConfig().bytes(), compression));
    with(turret -> assertThat(turret.config()).hasContent("{}"));
  }

  @Test
  void unpack_xz_needsItsLibrary() throws Exception {
    if (XZUtils.isXZCompressionAvailable()) {
      Files.write(archive, compressed(Tar.withConfig().bytes(), "xz"));
      with(turret -> assertThat(turret.config()).hasContent("{}"));
    } else {
      Files.write(archive, new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0});
      refused("is compressed with xz, which needs the library org.tukaani:xz");
    }
  }

  @Test
  void unpack_zstd_isRefusedByName() throws Exception {
    Files.write(archive, new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 0});
    refused("is compressed with zstd; expected gzip, bzip2, xz or none");
  }

  @Test
  void unpack_linksInside_becomeCopies() {
    Tar.withConfig()
        .file("data/users.csv", "name")
        .symbolicLink("data/same.csv", "users.csv")
        .symbolicLink("data/next.csv", "./../data/same.csv")
        .hardLink("hard.csv", "./data/users.csv")
        .symbolicLink("folder", "data")
        .symbolicLink("through", "folder/next.csv")
        .writeTo(archive);
    with(
        turret -> {
          for (String name : List.of("data/same.csv", "data/next.csv", "hard.csv", "through")) {
            assertThat(turret.folder().resolve(name)).hasContent("name");
            assertThat(Files.isSymbolicLink(turret.folder().resolve(name))).isFalse();
          }
          assertThat(turret.folder().resolve("folder/users.csv")).hasContent("name");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "a/../../evil", "/tmp/evil", "..", "C:/evil", "\\evil"})
  void unpack_anEntryThatLeavesTheFolder_isRefused(String name) {
    Tar.withConfig().file(name, "evil").writeTo(archive);
    refused("entry \"" + name + "\" leaves the folder");
  }

  @Test
  void unpack_aFolderThatLeavesTheFolder_isRefused() {
    Tar.withConfig().folder("../evil").writeTo(archive);
    refused("entry \"../evil/\" leaves the folder");
  }

  @Test
  void unpack_aLongAbsoluteName_staysInside() {
    String name = "/tmp/" + "evil".repeat(40);
    Tar.withConfig().file(name, "evil").writeTo(archive);
    try (UnpackedTurret turret = TurretArchive.unpack(archive)) {
      assertThat(turret.folder().resolve(name.substring(1))).exists();
    } catch (ArchiveException e) {
      assertThat(e).hasMessageContaining("leaves the folder");
    }
    assertThat(Path.of(name)).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"link,../../etc/passwd", "link,/etc/passwd", "a/link,../../etc", "link,.."})
  void unpack_aSymbolicLinkThatLeavesTheFolder_isRefused(String name, String target) {
    Tar.withConfig().symbolicLink(name, target).writeTo(archive);
    refused("entry \"" + name + "\" is a link that leaves the folder: " + target);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret", "/etc/passwd", "a/../../secret"})
  void unpack_aHardLinkThatLeavesTheFolder_isRefused(String target) {
    Tar.withConfig().folder("b").hardLink("b/link", target).writeTo(archive);
    refused("entry \"b/link\" is a link that leaves the folder: " + target);
  }

  @Test
  void unpack_aFileThroughALink_staysInside() {
    Tar.withConfig()
        .folder("data")
        .symbolicLink("way", "data")
        .file("way/file", "")
        .writeTo(archive);
    refused("has entry \"way\", a link to data: there are entries below it");
  }

  @ParameterizedTest
  @CsvSource({"a,a", "a,b", "a/b,..", "a,nowhere"})
  void unpack_aLinkToNothing_isRefused(String name, String target) {
    Tar.withConfig().symbolicLink(name, target).symbolicLink("b", "a").writeTo(archive);
    refused("the archive does not have that, or only as a link in a circle");
  }

  @ParameterizedTest
  @ValueSource(bytes = {TarConstants.LF_CHR, TarConstants.LF_BLK, TarConstants.LF_FIFO, 'Z'})
  void unpack_devicesAndPipes_areRefused(byte type) {
    Tar.withConfig().special("device", type).writeTo(archive);
    refused("entry \"device\" is neither a file nor a folder nor a link");
  }

  @Test
  void unpack_tooManyBytes_areRefused() {
    Tar.withConfig().file("a", new byte[6000]).file("b", new byte[6000]).writeTo(archive);
    assertThatThrownBy(() -> TurretArchive.unpack(archive, new ArchiveLimits(10_000, 10)))
        .isInstanceOf(ArchiveException.class)
        .hasMessage("archive " + archive + ", entry \"b\" is beyond the limit of 10000 bytes");
  }

  @Test
  void unpack_bytesOfCopies_countToo() {
    Tar.withConfig().file("a", new byte[6000]).symbolicLink("b", "a").writeTo(archive);
    assertThatThrownBy(() -> TurretArchive.unpack(archive, new ArchiveLimits(10_000, 10)))
        .hasMessageContaining("is beyond the limit of 10000 bytes");
  }

  @Test
  void unpack_tooManyEntries_areRefused() {
    Tar.withConfig().file("a", "").file("b", "").writeTo(archive);
    assertThatThrownBy(() -> TurretArchive.unpack(archive, new ArchiveLimits(10_000, 2)))
        .hasMessage("archive " + archive + ", entry \"b\" is beyond the limit of 2 entries");
  }

  @Test
  void unpack_aNameWithoutEnd_isRefused() {
    Tar.withConfig().longName(new byte[3 << 20]).writeTo(archive);
    refused("has a header without end");
  }

  @Test
  void unpack_muchBehindTheEnd_isRefused() throws Exception {
    byte[] tar = Tar.withConfig().bytes();
    Files.write(archive, compressed(Arrays.copyOf(tar, tar.length + (3 << 20)), "gz"));
    refused("has a header without end");
  }

  @Test
  void limits_mustBePositive() {
    assertThatThrownBy(() -> new ArchiveLimits(0, 1)).hasMessage("bytes < 1: 0");
    assertThatThrownBy(() -> new ArchiveLimits(1, 0)).hasMessage("entries < 1: 0");
  }

  @Test
  void unpack_withoutAConfiguration_isRefused() {
    Tar.empty().file("project/config.json", "{}").writeTo(archive);
    refused("has no config.json at its top");
  }

  @Test
  void unpack_aConfigurationThatIsAFolder_isRefused() {
    Tar.empty().folder("config.json").writeTo(archive);
    refused("has no config.json at its top");
  }

  @Test
  void unpack_aMissingArchive_isNamed() {
    refused("is missing: " + archive);
  }

  @Test
  void unpack_anEmptyFile_isRefused() throws IOException {
    Files.createFile(archive);
    refused("is empty");
  }

  @Test
  void unpack_aFolder_isRefused() throws IOException {
    Files.createDirectory(archive);
    refused("cannot be unpacked");
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 600})
  void unpack_whatIsNoArchive_isRefused(int length) throws Exception {
    Files.writeString(archive, "x".repeat(length));
    refused("is not a tar archive");
    Files.write(archive, compressed("x".repeat(length).getBytes(StandardCharsets.UTF_8), "gz"));
    refused("is not a tar archive");
  }

  @Test
  void unpack_anArchiveCutOffAnywhere_isRefused() throws Exception {
    byte[] whole = compressed(Tar.withConfig().file("a", noise(5000)).bytes(), "gz");
    for (int length = 1; length < whole.length; length += 97) {
      Files.write(archive, Arrays.copyOf(whole, length));
      refused("");
    }
    Files.write(archive, Arrays.copyOf(whole, whole.length - 1)); // the checksum of gzip
    refused("may be damaged or cut off");
  }

  @Test
  void unpack_anUncompressedArchiveCutOff_isRefused() throws Exception {
    byte[] whole = Tar.withConfig().file("a", noise(5000)).bytes();
    Files.write(archive, Arrays.copyOf(whole, 4000));
    refused("entry \"a\" cannot be unpacked, it may be damaged or cut off");
  }

  @Test
  void unpack_anyDamage_isRefusedOrHarmless() throws Exception {
    byte[] whole =
        Tar.withConfig()
            .file("a/b", noise(600))
            .symbolicLink("c", "a/b")
            .longName(new byte[9])
            .bytes();
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i < 8; i++) damaged[random.nextInt(3500)] = (byte) random.nextInt();
      Files.write(archive, damaged);
      try {
        TurretArchive.unpack(archive).close();
      } catch (ArchiveException e) {
        assertThat(e).hasMessageStartingWith("archive " + archive);
      }
    }
  }

  @Test
  void unpack_aFileWhereAFolderIs_isRefused() {
    Tar.withConfig().file("a/b", "").file("a", "").writeTo(archive);
    refused("entry \"a\" cannot be unpacked");
  }

  @Test
  void unpack_null_isRefused() {
    assertThatThrownBy(() -> TurretArchive.unpack(null)).hasMessage("archive");
    assertThatThrownBy(() -> TurretArchive.unpack(archive, null)).hasMessage("limits");
  }

  private void with(Consumer<UnpackedTurret> check) {
    try (UnpackedTurret turret = TurretArchive.unpack(archive)) {
      check.accept(turret);
    }
  }

  private void refused(String message) {
    assertThatThrownBy(() -> TurretArchive.unpack(archive))
        .isInstanceOf(ArchiveException.class)
        .hasMessageStartingWith("archive " + archive)
        .hasMessageContaining(message);
  }

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  private static byte[] compressed(byte[] bytes, String compression) throws Exception {
    if (compression.equals("none")) return bytes;
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream out =
        new CompressorStreamFactory().createCompressorOutputStream(compression, compressed)) {
      out.write(bytes);
    }
    return compressed.toByteArray();
  }

  private static List<Path> ownFolders() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(TempFolder.OWN_PREFIX))
          .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
          .toList();
    }
  }
}
