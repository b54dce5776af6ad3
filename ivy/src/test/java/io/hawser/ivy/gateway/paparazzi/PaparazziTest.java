package io.hawser.ivy.gateway.paparazzi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.message.Headers;
import io.hawser.core.message.Message;
import io.hawser.core.message.Source;
import io.hawser.core.message.Topic;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaparazziTest {
    private static final String XML = """
            <?xml version="1.0"?>
            <!DOCTYPE protocol SYSTEM "messages.dtd">
            <protocol>
              <msg_class name="telemetry" id="1">
                <message name="ALIVE" id="2"><field name="md5sum" type="uint8[]"/></message>
                <message name="PONG" id="3"><description>nothing &amp; more</description></message>
                <message name="GPS" id="8" link="forwarded">
                  <field name="mode" type="uint8" unit="byte_mask"/>
                  <field name="alt" type="float">above all</field>
                </message>
                <message name="RATES" id="9">
                  <field name="rates" type="float[3]"/>
                  <field name="label" type="char[]"/>
                  <field name="n" type="int16"/>
                </message>
                <message name="NEAR" id="10"><field name="ac_id" type="uint8"/></message>
              </msg_class>
              <msg_class name="ground" id="3">
                <message name="TELEMETRY_MESSAGE" id="1">
                  <field name="ac_id" type="string"/>
                  <field name="message" type="string"/>
                  <field name="text" type="string"/>
                </message>
                <message name="CONFIG_REQ" id="9"><field name="ac_id" type="string"/></message>
                <message name="CONFIG" id="10">
                  <field name="ac_id" type="string"/>
                  <field name="size" type="uint64"/>
                </message>
              </msg_class>
            </protocol>
            """;

    private final PaparazziMessages messages = read(XML);

    private static PaparazziMessages read(String xml) {
        try {
            return PaparazziFile.read(xml.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static Fields.Builder said(String text, String sender, String name) {
        return Fields.builder().put("text", text).put("pprz_sender", sender).put("pprz_message", name);
    }

    @Test
    void eachValueIsAFieldOfItsType() {
        assertThat(messages.fields("7 GPS 3 12"))
                .contains(said("7 GPS 3 12", "7", "GPS")
                        .put("ac_id", 7)
                        .put("mode", 3)
                        .put("alt", 12.0)
                        .build());
        assertThat(messages.fields("replay12 GPS 3 nan").orElseThrow())
                .satisfies(fields -> assertThat(fields.get("ac_id")).contains(Value.of(12)))
                .satisfies(fields -> assertThat(fields.get("alt")).contains(Value.of(Double.NaN)));
        assertThat(messages.fields("3 NEAR 9").orElseThrow().get("ac_id")).contains(Value.of(9));
        assertThat(messages.fields("7  PONG "))
                .contains(said("7  PONG ", "7", "PONG").put("ac_id", 7).build());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "7 RATES 1,2.5,-3 \"all well\" 5      # all well",
                "7 RATES 1,2.5,-3 |a,l,l, ,w,e,l,l| 5 # all well",
                "7 RATES |1,2.5,-3| ok 5              # ok",
                "7 RATES 1,2.5,-3, \"\" 5             # ''"
            })
    void listsAndStringsAreReadAsTheyAreWrittenAndWereOnce(String text, String label) {
        Fields fields = messages.fields(text).orElseThrow();
        assertThat(fields.get("rates"))
                .contains(new Value.Sequence(List.of(Value.of(1.0), Value.of(2.5), Value.of(-3.0))));
        assertThat(fields.string("label")).contains(label);
        assertThat(fields.get("n")).contains(Value.of(5));
    }

    @Test
    void theLastStringMayHoldSpacesAndAnEmptyListNothing() {
        Fields fields =
                messages.fields("ground TELEMETRY_MESSAGE 7 GPS 3 and more").orElseThrow();
        assertThat(fields.string("ac_id")).contains("7");
        assertThat(fields.string("message")).contains("GPS");
        assertThat(fields.string("pprz_text")).contains("3 and more");
        assertThat(fields.string("text")).contains("ground TELEMETRY_MESSAGE 7 GPS 3 and more");
        assertThat(messages.fields("7 ALIVE ").orElseThrow().get("md5sum")).contains(new Value.Sequence(List.of()));
    }

    @Test
    void requestsAndWhatAnswersThemSayTheirNumber() {
        Fields request = messages.fields("gcs 4711_3 CONFIG_REQ 7").orElseThrow();
        assertThat(request.string("pprz_request")).contains("4711_3");
        assertThat(request.string("pprz_sender")).contains("gcs");
        Fields answer =
                messages.fields("4711_3 server CONFIG 7 18446744073709551615").orElseThrow();
        assertThat(answer.string("pprz_request")).contains("4711_3");
        assertThat(answer.string("pprz_sender")).contains("server");
        assertThat(answer.get("size")).contains(Value.of("18446744073709551615"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {"hello", "7 UNKNOWN 1", "7 GPS 3", "7 GPS 3 4 5", "7 RATES 1,2 \"open 5\"", "1_2 3_4 5_6", "''"})
    void whatIsNoneOfTheMessagesIsNotRead(String text) {
        assertThat(messages.fields(text)).isEmpty();
    }

    @Test
    void fieldsBecomeTheTextThatPaparazziSays() {
        assertThat(text(Fields.builder()
                        .put("pprz_message", "GPS")
                        .put("ac_id", 7)
                        .put("mode", 3.0)
                        .put("alt", 1.5)))
                .contains("7 GPS 3 1.5");
        assertThat(text(Fields.builder()
                        .put("pprz_message", "GPS")
                        .put("ac_id", 7)
                        .put("mode", 3)))
                .isEmpty();
        assertThat(text(Fields.builder()
                        .put("pprz_message", "GPS")
                        .put("mode", 3)
                        .put("alt", 1)))
                .isEmpty();
        assertThat(text(Fields.builder().put("pprz_message", "CONFIG_REQ").put("ac_id", "all of them")))
                .contains("ground CONFIG_REQ \"all of them\"");
        assertThat(text(Fields.builder()
                        .put("pprz_message", "CONFIG_REQ")
                        .put("pprz_sender", "web")
                        .put("pprz_request", "1_2")
                        .put("ac_id", 7)))
                .contains("web 1_2 CONFIG_REQ 7");
        assertThat(text(Fields.builder().put("pprz_message", "CONFIG_REQ").put("ac_id", "a\"b")))
                .isEmpty();
        assertThat(text(Fields.builder()
                        .put("pprz_message", "CONFIG_REQ")
                        .put("pprz_sender", "a b")
                        .put("ac_id", 7)))
                .isEmpty();
        assertThat(text(Fields.builder().put("pprz_message", "OTHER"))).isEmpty();
        assertThat(text(Fields.builder())).isEmpty();
    }

    private Optional<String> text(Fields.Builder fields) {
        Headers headers = new Headers(new Source("eftl", "web", "eftl/channel"), 0, Optional.empty());
        return messages.text(Message.builder(new Topic("x"), headers).fields(fields.build()));
    }

    @Test
    void whatIsReadIsWrittenTheSameWay() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            List<String> rates = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                rates.add(Double.toString(random.nextGaussian()));
            }
            String label = random.ints(random.nextInt(9), 0, 4)
                    .mapToObj(letter -> " a,Z".substring(letter, letter + 1))
                    .reduce("", String::concat);
            boolean bare = !label.isEmpty() && !label.contains(" ") && !label.contains(",");
            String text = random.nextInt(99) + " RATES " + String.join(",", rates) + " "
                    + (bare ? label : "\"" + label + "\"") + " " + (short) random.nextInt();
            Fields read = messages.fields(text).orElseThrow();
            assertThat(text(read.toBuilder())).as("seed %d: %s", seed, read).contains(text);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "<protocol>                                        # line 1: XML document structures must start and end within the same entity.",
                "<protocol/>                                       # there is no message in it",
                "<p><message name='A'><field name='x' type='int7'/></message></p> # line 1: field 'x' has the type 'int7'; there are int8 to uint64",
                "<p><message><field name='x' type='float'/></message></p> # line 1: <message> needs a name without spaces",
                "<p><message name='A'><field name='x y' type='float'/></message></p> # line 1: <field> needs a name without spaces",
                "<p><message name='A'/><message name='A'/></p>      # line 1: there are two messages 'A'",
                "<p><message name='A'><field name='x' type='float'/><field name='x' type='int8'/></message></p> # line 1: message 'A' has two fields 'x'",
                "no xml                                            # line 1: Content is not allowed in prolog."
            })
    void garbageIsRefusedWithItsLine(String xml, String why) {
        assertThatThrownBy(() -> read(xml))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("is no messages.xml: ")
                .hasMessageContaining(why);
    }

    @Test
    void allThatIsWrongIsToldAtOnceUpToAFew() {
        String bad = "<message name='A B'/>\n".repeat(7);
        assertThatThrownBy(() -> read("<p>\n" + bad + "</p>"))
                .hasMessageContaining("line 2: ")
                .hasMessageContaining("line 6: ")
                .hasMessageEndingWith("; and 2 more");
    }

    @Test
    void nothingButTheFileIsReadAndNothingGrows(@TempDir Path folder) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "<message name=\"STOLEN\"/>");
        String external =
                "<!DOCTYPE p [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>" + "<p><message name=\"A\"/>&x;</p>";
        assertThat(read(external).byName()).containsOnlyKeys("A");
        StringBuilder bomb = new StringBuilder("<!DOCTYPE p [<!ENTITY e0 \"x\">");
        for (int i = 1; i < 10; i++) {
            bomb.append("<!ENTITY e")
                    .append(i)
                    .append(" \"")
                    .append(("&e" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        assertThatThrownBy(() -> read(bomb + "]><p>&e9;</p>"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("entity");
        assertThatThrownBy(() -> PaparazziFile.read(folder.resolve("none")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cannot be read: ");
    }
}
