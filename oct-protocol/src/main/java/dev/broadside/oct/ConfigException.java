package dev.broadside.oct;

import java.nio.file.Path;
import java.util.List;

/** A configuration file is wrong. The message names the file and all of its faults at once. */
public final class ConfigException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final List<String> faults;

  /**
   * Names the file and its faults.
   *
   * @param file the file that is wrong
   * @param faults for each fault: the key, its value, and what is expected
   */
  public ConfigException(Path file, List<String> faults) {
    this(file.toString(), faults);
  }

  ConfigException(String file, List<String> faults) {
    super(file + " is not valid:\n  " + String.join("\n  ", faults));
    this.file = file;
    this.faults = List.copyOf(faults);
  }

  /** The file that is wrong. */
  public String file() {
    return file;
  }

  /** Each fault in a line of its own. */
  public List<String> faults() {
    return faults;
  }
}
