package dev.broadside.loads.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the values of steps: {@code 10:20}. */
final class StepValues implements ITypeConverter<int[]> {
  private static final Pattern LIST = Pattern.compile("[0-9]{1,9}(:[0-9]{1,9})*");

  @Override
  public int[] convert(String text) {
    if (!LIST.matcher(text).matches()) throw faulty(text);
    int[] values = Pattern.compile(":").splitAsStream(text).mapToInt(Integer::parseInt).toArray();
    for (int value : values) {
      if (value < 1) throw faulty(text);
    }
    return values;
  }

  private static TypeConversionException faulty(String text) {
    return new TypeConversionException(
        "\"" + text + "\" is not a list of whole numbers, 1 or more, such as 10 or 10:20");
  }
}
