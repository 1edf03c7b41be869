package dev.broadside.oct.testing;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that is not ours, by its Debian package. */
public final class Tool {
  private final List<String> command;

  private Tool(List<String> command) {
    this.command = command;
  }

  /** SQLite's own shell. */
  public static Tool sqlite3() {
    return of("sqlite3", List.of("sqlite3"), "-version");
  }

  /** Python, whose standard library reads SQLite. */
  public static Tool python(String script) {
    Tool python = of("python3", List.of("/usr/bin/python3"), "-c", "import sqlite3");
    return new Tool(List.of(python.command.get(0), "src/test/python/" + script));
  }

  private static Tool of(String debianPackage, List<String> command, String... proof) {
    Tool tool = new Tool(command);
    try {
      String unused = tool.run(proof);
      return tool;
    } catch (IOException e) {
      String hint = "no " + command.get(0) + " on this machine; Debian has it in " + debianPackage;
      if ("true".equals(System.getenv("CI"))) return fail(hint, e);
      return abort(hint);
    }
  }

  /** What it prints. */
  public String run(String... arguments) throws IOException {
    List<String> whole = new ArrayList<>(command);
    whole.addAll(List.of(arguments));
    Path output = Files.createTempFile("tool", ".out");
    try {
      Process process =
          new ProcessBuilder(whole)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = process.waitFor(60, TimeUnit.SECONDS);
      String printed = Files.readString(output, StandardCharsets.UTF_8).strip();
      if (ended && process.exitValue() == 0) return printed;
      throw new IOException(whole + ": " + printed);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      Files.delete(output);
    }
  }
}
