package dev.broadside.junit;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.MediaType;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A report as a file of the test's, which JUnit hands to whoever listens, since 5.14. */
final class PublishedFile {
  private static final Logger LOG = System.getLogger(PublishedFile.class.getName());

  private PublishedFile() {}

  static void publish(ExtensionContext test, Path report) {
    try {
      test.publishFile(
          String.valueOf(report.getFileName()),
          MediaType.parse("text/html;charset=UTF-8"),
          copy -> Files.copy(report, copy, StandardCopyOption.REPLACE_EXISTING));
    } catch (LinkageError | RuntimeException e) { // an older JUnit, or a launcher without a folder
      LOG.log(Level.DEBUG, "JUnit did not take " + report, e);
    }
  }
}
