package dev.broadside.loads.cli;

import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time from the command line, as Loads tells it to runners. */
final class WholeSeconds implements ITypeConverter<Duration> {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  @Override
  public Duration convert(String text) {
    if (NUMBER.matcher(text).matches()) return Duration.ofSeconds(Integer.parseInt(text));
    throw new TypeConversionException("\"" + text + "\": expected whole seconds, 0 or more");
  }
}
