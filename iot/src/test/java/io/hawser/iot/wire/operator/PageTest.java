package io.hawser.iot.wire.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.wire.IotHead;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.IotMessage;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.ProtocolException;
import io.hawser.iot.wire.operator.RequestState.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PageTest {
    private static final List<Fields> FIVE =
            IntStream.range(0, 5).mapToObj(i -> Fields.of("i", Value.of(i))).toList();

    @Test
    void saysAFewThingsAsTheOriginalDoes() {
        assertThat(text(Page.of(FIVE.subList(0, 1)).fields()))
                .isEqualTo("{\"items\":[{\"i\":0}],\"hasMore\":false,\"offset\":0,\"count\":1,\"totalResults\":1}");
    }

    @Test
    void leadsFromPageToPage() {
        assertThat(text(page(0, 2).fields()))
                .isEqualTo(
                        "{\"items\":[{\"i\":0},{\"i\":1}],\"hasMore\":true,\"offset\":0,\"count\":2,\"totalResults\":5,"
                                + "\"links\":[{\"rel\":\"self\",\"href\":\"/x?offset=0\"},{\"rel\":\"next\",\"href\":\"/x?offset=2\"}]}");
        assertThat(page(2, 2).links())
                .containsExactly(
                        new Page.Link("self", "/x?offset=2"),
                        new Page.Link("next", "/x?offset=4"),
                        new Page.Link("prev", "/x?offset=0"));
        assertThat(page(4, 2).hasMore()).isFalse();
        assertThat(page(4, 2).items()).containsExactly(FIVE.get(4));
        assertThat(page(0, 5).hasMore()).isFalse();
    }

    @Test
    void isEmptyBehindTheEnd() {
        assertThat(page(5, 2).items()).isEmpty();
        assertThat(page(Integer.MAX_VALUE, Integer.MAX_VALUE).items()).isEmpty();
        assertThat(page(1, Integer.MAX_VALUE).items()).hasSize(4);
        assertThat(page(0, 0).items()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void saysHowFarARequestIs(Status status) {
        RequestState state = new RequestState(
                "r", "deviceModels/u/attributes/a", "PUT", status, "https://h/r", Optional.empty(), "");

        assertThat(text(state.fields()))
                .isEqualTo("{\"id\":\"r\",\"url\":\"deviceModels/u/attributes/a\",\"method\":\"PUT\",\"status\":\""
                        + (status == Status.CANCELLED ? Status.FAILED : status)
                        + "\",\"complete\":" + (status != Status.RECEIVED && status != Status.DISPATCHED)
                        + ",\"links\":[{\"rel\":\"requests\",\"href\":\"https://h/r\"}]"
                        + (status == Status.CANCELLED ? ",\"cancelled\":true}" : "}"));
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatItSays(Status status) throws Exception {
        RequestState state = new RequestState("r", "u", "PUT", status, "https://h/r", Optional.empty(), "why");
        assertThat(RequestState.read(state.fields())).isEqualTo(state);
        Page page = page(2, 2);
        assertThat(Page.read(page.fields())).isEqualTo(page);
    }

    @Test
    void readsARequestOfAServerThatSaysLessOrOtherWords() throws Exception {
        assertThat(state("{\"id\":\"r\",\"status\":\"COMPLETED\",\"response\":{\"statusCode\":202,\"body\":\"T0s=\"}}")
                        .response())
                .hasValueSatisfying(said -> assertThat(said.body().bytes()).isEqualTo("OK".getBytes(UTF_8)));
        assertThat(state("{\"id\":\"r\",\"status\":\"ABORTED\",\"complete\":true}")
                        .status())
                .isEqualTo(Status.FAILED);
        assertThat(state("{\"id\":\"r\",\"status\":\"PENDING\",\"complete\":false}")
                        .status())
                .isEqualTo(Status.DISPATCHED);
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> state("{\"id\":\"r\",\"response\":{\"statusCode\":70000}}"))
                .withMessageContaining("response.statusCode is no status");
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> state("{\"status\":\"COMPLETED\"}"))
                .withMessageContaining("id is missing");
    }

    private static RequestState state(String json) throws ProtocolException {
        return RequestState.read(new Json(IotLimits.DEFAULT).object(json.getBytes(UTF_8)));
    }

    @Test
    void readsWhatIsNewOfDevices() throws Exception {
        Latest latest = Latest.read(new Json(IotLimits.DEFAULT).object("""
                {"until":9,"data":{"EP":{"urn:m":{"attributes":{"a":1},"formats":{"urn:m:f":[
                {"eventTime":5,"severity":"LOW","fields":{"x":2}},{"eventTime":6,"fields":{}}]}}}}}""".getBytes(UTF_8)));
        assertThat(latest.until()).isEqualTo(9);
        List<Latest.Said> said =
                List.of(new Latest.Said(5, "LOW", Fields.of("x", Value.of(2))), new Latest.Said(6, "", Fields.EMPTY));
        Latest.News news = new Latest.News(Fields.of("a", Value.of(1)), Map.of("urn:m:f", said));
        assertThat(latest.data()).isEqualTo(Map.of("EP", Map.of("urn:m", news)));
        assertThat(text(Latest.question(Map.of("EP", List.of("urn:m", "urn:n")))))
                .isEqualTo("{\"EP\":[\"urn:m\",\"urn:n\"]}");
    }

    @Test
    void saysWhatTheDeviceAnswered() {
        IotMessage.Response response = new IotMessage.Response(
                IotHead.of("", "D", 1),
                202,
                "r",
                "",
                Map.of("x-a", List.of("v")),
                new Value.Opaque("OK".getBytes(UTF_8)));
        RequestState state =
                new RequestState("r", "u", "PUT", Status.COMPLETED, "https://h/r", Optional.of(response), "done late");

        assertThat(text(state.fields()))
                .endsWith(
                        ",\"reason\":\"done late\",\"response\":{\"statusCode\":202,\"headers\":{\"x-a\":[\"v\"]},\"body\":\"T0s=\",\"requestId\":\"r\",\"url\":\"\"}}");
    }

    private static Page page(int offset, int limit) {
        return Page.of(FIVE, offset, limit, true, at -> "/x?offset=" + at);
    }

    private static String text(Fields fields) {
        return new String(Json.write(fields), UTF_8);
    }
}
