package dev.broadside.report;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.broadside.metrics.Measurement;
import dev.broadside.metrics.RunRecorder;
import dev.broadside.metrics.RunResult;
import dev.broadside.metrics.Verdict;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class JUnitXmlTest {
  private final RunRecorder recorder = RunRecorder.create();
  private final List<Verdict> verdicts = new ArrayList<>();

  @TempDir private Path folder;

  private void record(String label, Duration service, @Nullable String error) {
    recorder.record(new Measurement(label, "group", 0, service.toNanos(), error, Map.of()));
  }

  private String xml(String title) {
    RunResult result =
        recorder.result(Instant.parse("2026-11-22T05:40:00Z"), ofMillis(12_345), Map.of());
    return JUnitXml.text(result.withVerdicts(verdicts), ReportDetails.of(title));
  }

  @Test
  void write_hasACaseForEachThresholdAndTransaction() {
    for (int i = 0; i < 199; i++) record("login", ofMillis(20), null);
    for (int i = 0; i < 2; i++) record("search", ofMillis(10), "HTTP 500");
    record("search", ofMillis(30), "timed out");
    record("search", ofSeconds(2), null);
    verdicts.add(new Verdict("p(95) < 1s", true, "20 ms", false));
    verdicts.add(new Verdict("login: p(99) < 10ms abort", false, "20 ms", true));

    assertThat(xml("shop"))
        .isEqualTo(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuite name="shop" time="12.345" tests="4" errors="0" skipped="0" failures="2">
              <properties><property name="started" value="2026-11-22T05:40:00Z"/></properties>
              <testcase name="p(95) &lt; 1s" classname="shop.thresholds" time="0.000"></testcase>
              <testcase name="login: p(99) &lt; 10ms abort" classname="shop.thresholds" time="0.000">
                <failure message="does not hold: 20 ms" type="threshold">\
            login: p(99) &lt; 10ms abort does not hold: 20 ms</failure>
              </testcase>
              <testcase name="login" classname="shop.transactions" time="0.020"></testcase>
              <testcase name="search" classname="shop.transactions" time="2.000">
                <failure message="3 of 4 failed (75 %)" type="errors">\
            3 of 4 failed (75 %)&#10;The most frequent errors of all transactions:&#10;\
            2 × HTTP 500&#10;1 × timed out</failure>
              </testcase>
            </testsuite>
            """);
  }

  @Test
  void write_leavesErrorsToTheThresholdOnThem() throws Exception {
    record("login", ofMillis(20), "HTTP 500");
    verdicts.add(new Verdict("login: errors <= 100%", true, "100 %", false));

    Element suite = parse(xml("shop")).getDocumentElement();
    assertThat(suite.getAttribute("failures")).isEqualTo("0");
    assertThat(texts(suite, "failure")).isEmpty();
    assertThat(texts(suite, "system-out")).containsExactly("1 of 1 failed (100 %)");
  }

  @Test
  void write_isOfTheSchema() throws Exception {
    record("login", ofMillis(20), "HTTP 500");
    record("search", ofMillis(20), null);
    verdicts.add(new Verdict("p(95) < 1s", false, "20 s", false));
    validate(xml("shop"));

    verdicts.add(new Verdict("errors < 1%", false, "50 %", false));
    validate(xml("shop"));
  }

  @Test
  void write_ofNothingIsOfTheSchema() throws Exception {
    validate(xml(""));
  }

  private static void validate(String xml) throws Exception {
    SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(new StreamSource(new StringReader(SCHEMA)))
        .newValidator()
        .validate(new StreamSource(new StringReader(xml)));
  }

  @Test
  void write_leavesErrorsToAThresholdOnAll() throws Exception {
    record("login", ofMillis(20), "HTTP 500");
    record("search", ofMillis(20), "HTTP 500");
    verdicts.add(new Verdict("errors <= 100% abort", true, "100 %", true));

    assertThat(failed()).isEmpty();
  }

  @Test
  void write_leavesToAThresholdOnlyTheTransactionThatItNames() throws Exception {
    record("login", ofMillis(20), "HTTP 500");
    record("search", ofMillis(20), "HTTP 500");
    verdicts.add(new Verdict("login: errors <= 100%", true, "100 %", false));

    assertThat(failed()).containsExactly("search");
  }

  @Test
  void write_leavesNoErrorsToWhatIsNotOnThem() throws Exception {
    record("my errors < x", ofMillis(20), "HTTP 500");
    verdicts.add(new Verdict("\"my errors < x\": p(95) < 1s", true, "20 ms", false));
    verdicts.add(new Verdict("tests with errors < 5", true, "0", false));

    assertThat(failed()).containsExactly("my errors < x");
  }

  /** The names of the cases that fail. */
  private List<String> failed() throws Exception {
    List<String> failed =
        elements(parse(xml("shop")).getDocumentElement(), "failure").stream()
            .map(failure -> ((Element) failure.getParentNode()).getAttribute("name"))
            .toList();
    assertThat(parse(xml("shop")).getDocumentElement().getAttribute("failures"))
        .isEqualTo(Integer.toString(failed.size()));
    return failed;
  }

  @Test
  void parsers_readWhatWasWritten() throws Exception {
    for (String text : HostileTexts.HARMLESS) record(text, ofMillis(1), text);
    for (String text : HostileTexts.HARMLESS) {
      verdicts.add(new Verdict(text, false, text, false));
    }

    Element suite = parse(xml("<&\">")).getDocumentElement();
    assertThat(suite.getAttribute("name")).isEqualTo("<&\">");
    assertThat(attributes(suite, "testcase", "name"))
        .hasSize(2 * HostileTexts.HARMLESS.size())
        .containsAll(HostileTexts.HARMLESS);
    assertThat(texts(suite, "failure"))
        .containsAll(
            HostileTexts.HARMLESS.stream().map(text -> text + " does not hold: " + text).toList());
  }

  @Test
  void parsers_readWhatXmlForbidsReplaced() throws Exception {
    for (String text : HostileTexts.HARMFUL) verdicts.add(new Verdict(text, true, text, false));
    for (String text : HostileTexts.HARMFUL) record("login", ofMillis(1), text);

    assertThat(attributes(parse(xml("t")).getDocumentElement(), "testcase", "name"))
        .containsExactly(
            "a\ufffdb",
            "a\ufffdb",
            "\ufffd\ufffd",
            "bell \ufffd escape \ufffd",
            "\ufffd\ufffd",
            "login");
  }

  @Test
  void python_readsTheFile() throws Exception {
    for (String text : HostileTexts.HARMFUL) record(text, ofMillis(1), text);
    for (String text : HostileTexts.HARMLESS) record(text, ofMillis(1), text);
    record("login", ofMillis(1), "x".repeat(1_000_000));
    Path file = folder.resolve("junit.xml");
    RunResult result = recorder.result(Instant.EPOCH, ofSeconds(1), Map.of());
    JUnitXml.write(result, ReportDetails.of("shop"), file);

    Python.run(
        """
        import sys, xml.etree.ElementTree as tree
        suite = tree.parse(sys.argv[1]).getroot()
        assert len(suite.findall('testcase/failure')) == int(suite.get('tests')) == %d
        """
            .formatted(result.transactions().size()),
        file);
  }

  private static Document parse(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> attributes(Element suite, String tag, String name) {
    return elements(suite, tag).stream().map(element -> element.getAttribute(name)).toList();
  }

  private static List<String> texts(Element suite, String tag) {
    return elements(suite, tag).stream().map(Element::getTextContent).toList();
  }

  private static List<Element> elements(Element suite, String tag) {
    NodeList nodes = suite.getElementsByTagName(tag);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) elements.add((Element) nodes.item(i));
    return elements;
  }

  /** Of what Surefire's schema allows, what we use. */
  private static final String SCHEMA =
      """
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
        <xs:simpleType name="time">
          <xs:restriction base="xs:string"><xs:pattern value="[0-9]+\\.[0-9]{3}"/></xs:restriction>
        </xs:simpleType>
        <xs:complexType name="property">
          <xs:attribute name="name" type="xs:string" use="required"/>
          <xs:attribute name="value" type="xs:string" use="required"/>
        </xs:complexType>
        <xs:complexType name="failure">
          <xs:simpleContent>
            <xs:extension base="xs:string">
              <xs:attribute name="message" type="xs:string"/>
              <xs:attribute name="type" type="xs:string" use="required"/>
            </xs:extension>
          </xs:simpleContent>
        </xs:complexType>
        <xs:complexType name="testcase">
          <xs:sequence>
            <xs:element name="failure" type="failure" minOccurs="0"/>
            <xs:element name="system-out" type="xs:string" minOccurs="0"/>
          </xs:sequence>
          <xs:attribute name="name" type="xs:string" use="required"/>
          <xs:attribute name="classname" type="xs:string"/>
          <xs:attribute name="time" type="time" use="required"/>
        </xs:complexType>
        <xs:element name="testsuite">
          <xs:complexType>
            <xs:sequence>
              <xs:element name="properties" minOccurs="0">
                <xs:complexType>
                  <xs:sequence>
                    <xs:element name="property" type="property" maxOccurs="unbounded"/>
                  </xs:sequence>
                </xs:complexType>
              </xs:element>
              <xs:element name="testcase" type="testcase" minOccurs="0" maxOccurs="unbounded"/>
            </xs:sequence>
            <xs:attribute name="name" type="xs:string" use="required"/>
            <xs:attribute name="time" type="time"/>
            <xs:attribute name="tests" type="xs:unsignedInt" use="required"/>
            <xs:attribute name="errors" type="xs:unsignedInt" use="required"/>
            <xs:attribute name="skipped" type="xs:unsignedInt" use="required"/>
            <xs:attribute name="failures" type="xs:unsignedInt" use="required"/>
          </xs:complexType>
        </xs:element>
      </xs:schema>
      """;
}
