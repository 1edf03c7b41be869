package dev.broadside.loads.cli;

import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The values of steps, as in {@code 10:20}. */
record StepValues(List<Integer> values) {
  private static final Pattern LIST = Pattern.compile("[0-9]{1,9}(:[0-9]{1,9})*");
  private static final Pattern COLON = Pattern.compile(":");

  int[] toArray() {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Reads them from the command line. */
  static final class Converter implements ITypeConverter<StepValues> {
    @Override
    public StepValues convert(String text) {
      if (!LIST.matcher(text).matches()) throw faulty(text);
      List<Integer> values = COLON.splitAsStream(text).map(Integer::valueOf).toList();
      if (values.contains(0)) throw faulty(text);
      return new StepValues(values);
    }

    private static TypeConversionException faulty(String text) {
      return new TypeConversionException(
          "\"" + text + "\" is not a list of whole numbers, 1 or more, such as 10 or 10:20");
    }
  }
}
