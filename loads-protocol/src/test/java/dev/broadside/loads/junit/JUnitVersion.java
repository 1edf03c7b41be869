package dev.broadside.loads.junit;

import dev.broadside.loads.launch.UserClassPath;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.launcher.Launcher;
import org.opentest4j.AssertionFailedError;

/** The versions of JUnit that users bring. The build copies the jars of two of them. */
enum JUnitVersion {
  OLDEST,
  OF_THE_BUILD,
  NEWEST;

  /** With the tests in {@code com.acme}, and this version to run them. */
  UserClassPath classPath(Path... more) throws Exception {
    return new UserClassPath(places(more));
  }

  List<Path> places(Path... more) throws Exception {
    List<Path> places = new ArrayList<>(jars());
    places.addAll(List.of(more));
    places.add(placeOf(JUnitVersion.class));
    return places;
  }

  /** Everything but the launcher. */
  List<Path> jarsWithoutLauncher() throws Exception {
    List<Path> jars = new ArrayList<>();
    for (Path jar : jars()) {
      if (!jar.getFileName().toString().contains("launcher")) jars.add(jar);
    }
    return jars;
  }

  List<Path> jars() throws Exception {
    List<Path> jars = new ArrayList<>();
    jars.add(placeOf(AssertionFailedError.class)); // one for all
    if (this == OF_THE_BUILD) {
      for (Class<?> type :
          List.of(
              Test.class,
              JupiterTestEngine.class,
              ParameterizedTest.class,
              AnnotationSupport.class,
              TestEngine.class,
              Launcher.class)) {
        jars.add(placeOf(type));
      }
    } else {
      jars.addAll(copied(Path.of("target", this == OLDEST ? "junit-oldest" : "junit-newest")));
    }
    return jars;
  }

  private static List<Path> copied(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(Path::toAbsolutePath).toList();
    }
  }

  private static Path placeOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
