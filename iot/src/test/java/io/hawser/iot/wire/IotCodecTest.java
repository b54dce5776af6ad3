package io.hawser.iot.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.wire.IotHead.Priority;
import io.hawser.iot.wire.IotHead.Reliability;
import io.hawser.iot.wire.IotMessage.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IotCodecTest {
    private static final IotCodec CODEC = new IotCodec(IotLimits.DEFAULT);
    private static final String FORMAT = "urn:x:attributes";

    @Test
    void readsAnArrayOneObjectAndNothing() throws Exception {
        String one = "{\"type\":\"DATA\",\"payload\":{\"format\":\"" + FORMAT + "\",\"data\":{\"a\":1}}}";

        assertThat(read(one)).hasSize(1).isEqualTo(read("[" + one + "]"));
        assertThat(read("[" + one + "," + one + "]")).hasSize(2);
        assertThat(read("")).isEmpty();
        assertThat(read("[]")).isEmpty();
        assertThat(new String(CODEC.write(List.of()), UTF_8)).isEqualTo("[]");
    }

    /** A Python client leaves out all but these; JavaScript clients say more than is known. */
    @Test
    void fillsInWhatIsMissingAndIgnoresWhatIsUnknown() throws Exception {
        IotMessage message = read("{\"type\":\"ALERT\",\"source\":\"D\",\"remainingRetries\":[{}],\"clientId\":null,"
                        + "\"direction\":\"TO_DEVICE\",\"receivedTime\":5,\"payload\":{\"format\":\"f\",\"x\":null}}")
                .get(0);

        assertThat(message)
                .isEqualTo(new IotMessage.Alert(
                        new IotHead(
                                "",
                                "",
                                "D",
                                "",
                                "",
                                Priority.LOW,
                                Reliability.BEST_EFFORT,
                                OptionalLong.empty(),
                                Map.of(),
                                Fields.EMPTY,
                                Optional.empty()),
                        "f",
                        Severity.SIGNIFICANT,
                        "",
                        Fields.EMPTY));
    }

    @Test
    void writesAMessageAsTheOriginalsDo() {
        IotHead head = IotHead.of("c", "D", 7).with(Priority.HIGHEST, Reliability.GUARANTEED_DELIVERY);

        assertThat(text(new IotMessage.Data(head, FORMAT, Fields.of("t", new Value.DateTime(9)))))
                .isEqualTo(
                        "{\"clientId\":\"c\",\"source\":\"D\",\"destination\":\"\",\"sender\":\"\",\"priority\":\"HIGHEST\","
                                + "\"reliability\":\"GUARANTEED_DELIVERY\",\"eventTime\":7,\"type\":\"DATA\","
                                + "\"payload\":{\"format\":\"urn:x:attributes\",\"data\":{\"t\":9}}}");
    }

    @Test
    void writesTheStampOfTheHub() {
        IotHead head = IotHead.of("", "D", 7)
                .withId("i")
                .stamped(new IotHead.Stamp(IotHead.Direction.FROM_DEVICE, OptionalLong.of(8), OptionalLong.empty()));

        assertThat(text(new IotMessage.Data(head, FORMAT, Fields.of("t", Value.of(true)))))
                .startsWith("{\"id\":\"i\",\"source\":\"D\"")
                .contains("\"type\":\"DATA\",\"direction\":\"FROM_DEVICE\",\"receivedTime\":8,\"payload\":{")
                .doesNotContain("clientId", "sentTime");
    }

    /** The original Java client finds the end of a request by counting braces, those in strings too (specs/iot.md 1.7). */
    @Test
    void hidesBracesWithinTheStringsOfARequest() throws Exception {
        IotMessage request = new IotMessage.Request(
                IotHead.of("c{", "ENT", 7).withId("}i").between("ENT", "D"),
                "PUT",
                "deviceModels/{x}",
                Map.of("X-A{", List.of("{{")),
                Fields.of("}", Value.of("}}{")),
                new Value.Opaque("{}".getBytes(UTF_8)));

        String text = text(request);

        long depth = 0;
        for (int i = 0; i < text.length(); i++) {
            depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
            assertThat(depth)
                    .as("after %d characters", i + 1)
                    .isEqualTo(i + 1 < text.length() ? Math.max(1, depth) : 0);
        }
        assertThat(text.chars().filter(c -> c == '{').count()).isEqualTo(5);
        assertThat(read(text)).containsExactly(request);
    }

    /** The message, the member and the reason. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    7 | message 1 is no JSON object
                    [[]] | message 1 is no JSON object
                    {} | message 1: type is missing
                    {"type":7} | message 1: type is no string
                    {"type":"WAKEUP"} | message 1: type is none of [DATA, ALERT, REQUEST, RESPONSE, RESOURCES_REPORT]
                    {"type":"DATA"} | message 1: payload is missing
                    {"type":"DATA","payload":[]} | message 1: payload is no object
                    {"type":"DATA","payload":{}} | message 1: payload.data is missing
                    {"type":"DATA","payload":{"data":{},"format":"f"}} | message 1: payload.data has no item
                    {"type":"DATA","payload":{"data":{"a":1}}} | message 1: payload.format is missing
                    {"type":"DATA","payload":{"data":{"a":1},"format":""}} | message 1: payload.format is empty
                    {"type":"DATA","payload":{"data":{"a":null},"format":"f"}} | message 1: payload.data.a is no string, number or bool
                    {"type":"DATA","payload":{"data":{"a":[1]},"format":"f"}} | message 1: payload.data.a is no string, number or bool
                    {"type":"DATA","payload":{"data":{"a":{}},"format":"f"}} | message 1: payload.data.a is no string, number or bool
                    {"type":"DATA","eventTime":1.5,"payload":{}} | message 1: eventTime is no integer
                    {"type":"DATA","eventTime":"1","payload":{}} | message 1: eventTime is no integer
                    {"type":"DATA","priority":"high","payload":{}} | message 1: priority is none of [LOWEST, LOW, MEDIUM, HIGH, HIGHEST]
                    {"type":"DATA","reliability":1,"payload":{}} | message 1: reliability is no string
                    {"type":"DATA","source":{},"payload":{}} | message 1: source is no string
                    {"type":"DATA","properties":[],"payload":{}} | message 1: properties is no object
                    {"type":"DATA","properties":{"k":[1]},"payload":{}} | message 1: properties.k[0] is no string
                    {"type":"DATA","diagnostics":{"k":[]},"payload":{}} | message 1: diagnostics.k is no string, number or bool
                    {"type":"ALERT","payload":{"format":"f","severity":"BAD"}} | message 1: payload.severity is none of [LOW, NORMAL, SIGNIFICANT, CRITICAL]
                    {"type":"REQUEST","payload":{}} | message 1: clientId is missing
                    {"type":"REQUEST","clientId":"c","payload":{}} | message 1: source is missing
                    {"type":"REQUEST","clientId":"c","source":"s","payload":{}} | message 1: eventTime is missing
                    {"type":"REQUEST","clientId":"c","source":"s","eventTime":1,"payload":{"method":"TRACE"}} | message 1: payload.method is none of GET, PUT, POST, PATCH and DELETE
                    {"type":"REQUEST","clientId":"c","source":"s","eventTime":1,"payload":{"method":"GET"}} | message 1: payload.url is missing
                    {"type":"REQUEST","clientId":"c","source":"s","eventTime":1,"payload":{"method":"GET","url":"u"}} | message 1: payload.body is missing
                    {"type":"REQUEST","clientId":"c","source":"s","eventTime":1,"payload":{"method":"GET","url":"u","body":"?"}} | message 1: payload.body is no base64
                    {"type":"RESPONSE","payload":{}} | message 1: payload.statusCode is missing
                    {"type":"RESPONSE","payload":{"statusCode":99}} | message 1: payload.statusCode is no status of HTTP, 100 to 599
                    {"type":"RESPONSE","payload":{"statusCode":600}} | message 1: payload.statusCode is no status of HTTP, 100 to 599
                    {"type":"RESPONSE","payload":{"statusCode":200}} | message 1: payload.requestId is missing
                    {"type":"RESOURCES_REPORT","payload":{}} | message 1: payload.value is missing
                    {"type":"RESOURCES_REPORT","payload":{"value":{"resources":[7]}}} | message 1: payload.value.resources[0] is no object
                    {"type":"RESOURCES_REPORT","payload":{"value":{"resources":[{}]}}} | message 1: payload.value.resources[0].path is missing
                    [{"type":"DATA","payload":{"data":{"a":1},"format":"f"}},{"type":"x"}] | message 2: type is none of [DATA, ALERT, REQUEST, RESPONSE, RESOURCES_REPORT]
                    """)
    void saysWhatIsWrongWhere(String body, String reason) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(ProtocolException.class)
                .hasMessage(reason);
    }

    @Test
    void doesNotRepeatMoreThanANameOfWhatWasSent() {
        String name = "a\\n".repeat(600);

        assertThatThrownBy(() ->
                        read("{\"type\":\"DATA\",\"payload\":{\"format\":\"f\",\"data\":{\"" + name + "\":null}}}"))
                .hasMessageStartingWith("message 1: payload.data.a?a?a?")
                .hasMessageMatching(".{1,160}");
    }

    @Test
    void takesNoMoreMessagesThanItMay() throws Exception {
        IotCodec two = new IotCodec(new IotLimits(4096, 2, 32, 100, 1000, 100, 100));
        String one = "{\"type\":\"DATA\",\"payload\":{\"format\":\"f\",\"data\":{\"a\":1}}}";

        assertThat(two.read(("[" + one + "," + one + "]").getBytes(UTF_8))).hasSize(2);
        assertThatThrownBy(() -> two.read(("[" + one + "," + one + "," + one + "]").getBytes(UTF_8)))
                .hasMessage("the batch has 3 messages; at most 2 are taken, send several batches");
    }

    @Test
    void noMessageHoldsWhatJsonCannotSay() {
        IotHead head = IotHead.of("c", "D", 7);

        assertThatIllegalArgumentException().isThrownBy(() -> new IotMessage.Data(head, "f", Fields.EMPTY));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IotMessage.Data(head, "f", Fields.of("a", Value.of(Double.NaN))))
                .withMessageContaining("a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IotMessage.Alert(head, "f", Severity.LOW, "", Fields.of("a", Value.Null.NULL)));
    }

    /** Documents show base64 with line breaks ({@code specs/iot.md} 1.4). */
    @Test
    void readsBase64WithLineBreaksAndWithoutPadding() throws Exception {
        IotMessage.Response response = (IotMessage.Response)
                read("{\"type\":\"RESPONSE\",\"payload\":{\"statusCode\":200,\"requestId\":\"r\",\"headers\":{\"X-A\":\"v\"},\"body\":\"T0\\r\\ns\"}}")
                        .get(0);

        assertThat(new String(response.body().bytes(), UTF_8)).isEqualTo("OK");
        assertThat(response.headers()).isEqualTo(Map.of("x-a", List.of("v")));
    }

    private static List<IotMessage> read(String body) throws ProtocolException {
        return CODEC.read(body.getBytes(UTF_8));
    }

    private static String text(IotMessage message) {
        return new String(CODEC.write(message), UTF_8);
    }
}
