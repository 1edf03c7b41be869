package dev.broadside.users.feed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvRecordsTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("customers.csv");
  }

  @Test
  void rows_areThoseAfterTheHeader() throws Exception {
    assertThat(read("name,city\nanna,Köln\nbob,\n")).containsExactly("[anna, Köln]", "[bob, ]");
  }

  @Test
  void rows_mayEndAsTheyLike() throws Exception {
    assertThat(read("a,b\r\n1,2\r\n\r\n\n3,4")).containsExactly("[1, 2]", "[3, 4]");
  }

  @Test
  void byteOrderMark_isNoPartOfTheHeader() throws Exception {
    Files.writeString(file, "\uFEFFname\nanna\n");
    assertThat(rows(',').get(0).get().get("name")).isEqualTo("anna");
  }

  @Test
  void quotes_holdWhatWouldEndAField() throws Exception {
    assertThat(read("a,b\n\"1,5\",\"say \"\"hi\"\"\"\n\"two\r\nlines\",\"\"\n"))
        .containsExactly("[1,5, say \"hi\"]", "[two\r\nlines, ]");
  }

  @Test
  void delimiter_isTheOneThatIsSet() throws Exception {
    Files.writeString(file, "a;b\n1,5;2\n");
    assertThat(rows(';').get(0).get().toMap()).containsEntry("a", "1,5").containsEntry("b", "2");
  }

  @Test
  void lines_mayBeLongerThanABuffer() throws Exception {
    String big = "ä".repeat(20_000);
    assertThat(read("a,b\n" + big + ",2\n3," + big + "\n"))
        .containsExactly("[" + big + ", 2]", "[3, " + big + "]");
  }

  @Test
  void unclosedQuote_costsItsLineAlone() throws Exception {
    assertThat(read("a,b\n1,2\n3,\"4\n5,6\n7,8\n"))
        .containsExactly(
            "[1, 2]", "customers.csv:3:3: expected a closing quote", "[5, 6]", "[7, 8]");
  }

  @Test
  void unclosedQuoteBeforeQuotedFields_costsItsLineAlone() throws Exception {
    assertThat(read("a,b\n\"1,2\n\"3\",\"4\"\n\"5\",\"6\"\n"))
        .containsExactly(
            "customers.csv:3:2: expected , or the end of the line after a closing quote",
            "[3, 4]",
            "[5, 6]");
  }

  @Test
  void unclosedQuoteInALongFile_readsNoFurtherThanAThousandLines() throws Exception {
    assertThat(read("a\n\"1\n" + "2\n".repeat(5000)))
        .hasSize(5001)
        .startsWith("customers.csv:2:1: expected a closing quote", "[2]");
  }

  @Test
  void quoteWithinAField_isAFault() throws Exception {
    assertThat(read("a,b\n1,5\" disk\n3,4\n"))
        .containsExactly(
            "customers.csv:2:4: a quote within a field; expected the whole field in quotes, and"
                + " this one twice",
            "[3, 4]");
  }

  @Test
  void wrongNumberOfFields_isAFault() throws Exception {
    assertThat(read("a,b\n1\n2,3,4\n5,6\n"))
        .containsExactly(
            "customers.csv:2:1: expected 2 fields, as in the header, not 1",
            "customers.csv:3:1: expected 2 fields, as in the header, not 3",
            "[5, 6]");
  }

  @Test
  void otherEncoding_costsItsLineAlone() throws Exception {
    Files.write(file, "a,b\n1,Köln\n3,4\n".getBytes(ISO_8859_1));
    assertThat(texts(rows(','))).containsExactly("customers.csv:2:4: expected UTF-8", "[3, 4]");
  }

  @Test
  void header_isRequired() throws Exception {
    assertThatHeader("").isEqualTo("customers.csv:1:1: expected a row of column names");
    assertThatHeader("\n\na,b,a\n").isEqualTo("customers.csv:3:1: two columns are called \"a\"");
    assertThatHeader("a,,b\n").isEqualTo("customers.csv:1:1: expected a name for each column");
  }

  private AbstractStringAssert<?> assertThatHeader(String content) {
    Throwable fault = catchThrowable(() -> read(content));
    assertThat(fault).isInstanceOf(FeedException.class);
    return assertThat(shortened(fault));
  }

  @Test
  void unknownColumn_isToldWithThoseThatThereAre() throws Exception {
    Files.writeString(file, "name,city\nanna,Köln\n", UTF_8);
    CsvRow row = rows(',').get(0).get();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> row.get("town"))
        .withMessageEndingWith("customers.csv has no column \"town\"; it has name, city");
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> row.toMap().clear());
  }

  private List<String> read(String content) throws IOException {
    Files.writeString(file, content);
    return texts(rows(','));
  }

  private List<Supplier<CsvRow>> rows(char delimiter) throws IOException {
    List<Supplier<CsvRow>> rows = new ArrayList<>();
    try (Records.Reader<CsvRow> reader = new CsvRecords(file, delimiter).open()) {
      for (Supplier<CsvRow> row = reader.next(); row != null; row = reader.next()) rows.add(row);
    }
    return rows;
  }

  private List<String> texts(List<Supplier<CsvRow>> rows) {
    List<String> texts = new ArrayList<>();
    for (Supplier<CsvRow> row : rows) {
      try {
        texts.add(row.get().toMap().values().toString());
      } catch (FeedException e) {
        texts.add(shortened(e));
      }
    }
    return texts;
  }

  private String shortened(Throwable fault) {
    return fault.getMessage().replace(folder + "/", "");
  }
}
