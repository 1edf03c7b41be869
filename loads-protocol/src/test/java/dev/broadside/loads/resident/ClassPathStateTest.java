package dev.broadside.loads.resident;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassPathStateTest {
  private final AtomicLong clock = new AtomicLong();
  @TempDir private Path folder;
  private Path type;
  private Path jar;
  private ClassPathState state;

  @BeforeEach
  void lookFirst() throws Exception {
    type = file("classes/com/acme/Checkout.class");
    jar = file("lib/shop.jar");
    String classPath = folder + "/classes:" + folder + "/lib/*::/no/such.jar";
    state = ClassPathState.of(classPath, clock::get);
    clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
  }

  private Path file(String name) throws Exception {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "something");
  }

  @Test
  void nothingElse_isAChange() throws Exception {
    file("classes/loads-runner.log");
    file("elsewhere/other.jar");
    assertThat(state.hasChanged()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"junit-platform.properties", "META-INF/services/com.acme.Shop"})
  void whatConfigures_isAChange(String name) throws Exception {
    file("classes/" + name);
    assertThat(state.hasChanged()).isTrue();
  }

  @Test
  void time_isAChange() throws Exception {
    Files.setLastModifiedTime(jar, FileTime.fromMillis(1));
    assertThat(state.hasChanged()).isTrue();
  }

  @Test
  void size_isAChange() throws Exception {
    FileTime time = Files.getLastModifiedTime(type);
    Files.writeString(type, "something else");
    Files.setLastModifiedTime(type, time);
    assertThat(state.hasChanged()).isTrue();
  }

  @Test
  void newAndMissingFiles_areChanges() throws Exception {
    Path added = file("lib/another.jar");
    assertThat(state.hasChanged()).isTrue();
    Files.delete(added);
    assertThat(state.hasChanged()).as("what has changed stays so").isTrue();
    lookFirst();
    Files.delete(type);
    assertThat(state.hasChanged()).isTrue();
  }

  @Test
  void look_isRememberedForAMoment() throws Exception {
    assertThat(state.hasChanged()).isFalse();
    Files.delete(jar);
    clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(19));
    assertThat(state.hasChanged()).isFalse();
    clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
    assertThat(state.hasChanged()).isTrue();
  }
}
