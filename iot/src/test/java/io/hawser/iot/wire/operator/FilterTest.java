package io.hawser.iot.wire.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.ProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
    private static final Json JSON = new Json(IotLimits.DEFAULT);
    private static final String DEVICE =
            "{\"id\":\"EP-1\",\"state\":\"ACTIVATED\",\"created\":1500,\"level\":2.5,\"enabled\":true,"
                    + "\"note\":null,\"deviceModels\":[{\"urn\":\"urn:a\"},{\"urn\":\"urn:b\"}],\"metadata\":{\"floor\":\"2\",\"x.y\":\"dotted\"},"
                    + "\"location\":{\"latitude\":-3},\"tags\":[\"red\",\"blue\"],\"percent\":\"50%_\\\\\"}";

    /** What the filter class of the original Java library writes, and what devices and programs were seen to ask. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":{\"$eq\":\"x\"}}",
                "{\"a\":{\"$eq\":1}}",
                "{\"a\":{\"$eq\":1.5}}",
                "{\"a\":{\"$eq\":true}}",
                "{\"a\":{\"$ne\":\"x\"}}",
                "{\"a\":{\"$gt\":1}}",
                "{\"a\":{\"$gte\":2.5}}",
                "{\"a.b\":{\"$lt\":1}}",
                "{\"a\":{\"$lte\":1}}",
                "{\"a\":{\"$in\":[\"x\",\"y\"]}}",
                "{\"a\":{\"$in\":[1,2]}}",
                "{\"a\":{\"$exists\":true}}",
                "{\"a\":{\"$exists\":false}}",
                "{\"a\":{\"$like\":\"%x_\"}}",
                "{\"$and\":[{\"a\":{\"$eq\":\"x\"}},{\"b\":{\"$eq\":1}}]}",
                "{\"$or\":[{\"a\":{\"$eq\":\"x\"}},{\"$not\":{\"c\":{\"$like\":\"x%\"}}}]}",
                "{\"$not\":{\"$and\":[{\"a\":{\"$eq\":\"x\"}},{\"b\":{\"$eq\":\"y\"}}]}}",
                "{\"integrations.id\":{\"$eq\":\"ENT-1\"}}",
                "{\"$and\":[{\"connectivityStatus\":{\"$eq\":\"ONLINE\"}},{\"state\":{\"$eq\":\"ACTIVATED\"}},{\"deviceModels.urn\":{\"$eq\":\"urn:x\"}}]}",
                "{}"
            })
    void readsWhatTheOriginalsWriteAndSaysItAgain(String text) throws Exception {
        assertThat(new String(Json.write(filter(text).fields()), UTF_8)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {} | true
                    {"id":"EP-1"} | true
                    {"id":"EP-2"} | false
                    {"id":{"$eq":"EP-1"}} | true
                    {"id":{"$ne":"EP-1"}} | false
                    {"missing":{"$ne":"EP-1"}} | true
                    {"missing":{"$eq":null}} | true
                    {"note":null} | true
                    {"id":null} | false
                    {"created":{"$eq":1500}} | true
                    {"created":1500.0} | true
                    {"created":"1500"} | false
                    {"created":{"$gt":1499,"$lt":1501}} | true
                    {"created":{"$gt":1500}} | false
                    {"created":{"$gte":1500}} | true
                    {"created":{"$lte":1499.5}} | false
                    {"level":{"$gt":2}} | true
                    {"level":{"$lt":2.5}} | false
                    {"location.latitude":{"$lt":0}} | true
                    {"id":{"$gt":"EP-0"}} | true
                    {"id":{"$gt":7}} | false
                    {"enabled":true} | true
                    {"enabled":{"$eq":false}} | false
                    {"enabled":1} | false
                    {"id":{"$in":["x","EP-1"]}} | true
                    {"id":{"$in":[]}} | false
                    {"created":{"$in":[1,1500]}} | true
                    {"deviceModels.urn":"urn:b"} | true
                    {"deviceModels.urn":{"$ne":"urn:b"}} | false
                    {"deviceModels.urn":"urn:c"} | false
                    {"deviceModels":{"$exists":true}} | true
                    {"note":{"$exists":false}} | true
                    {"id":{"$exists":false}} | false
                    {"tags":"blue"} | true
                    {"metadata.floor":"2"} | true
                    {"metadata.x.y":"dotted"} | true
                    {"metadata.floor.deep":"2"} | false
                    {"state":{"$like":"ACT%"}} | true
                    {"state":{"$like":"%TED"}} | true
                    {"state":{"$like":"%C%A%"}} | true
                    {"state":{"$like":"_CTIVATED"}} | true
                    {"state":{"$like":"CTIVATED"}} | false
                    {"state":{"$like":"act%"}} | false
                    {"state":{"$like":"%"}} | true
                    {"state":{"$like":""}} | false
                    {"created":{"$like":"%"}} | false
                    {"percent":{"$like":"50\\\\%\\\\_\\\\\\\\"}} | true
                    {"percent":{"$like":"5_%"}} | true
                    {"percent":{"$like":"50\\\\_%"}} | false
                    {"$and":[{"id":"EP-1"},{"created":1}]} | false
                    {"$or":[{"id":"EP-1"},{"created":1}]} | true
                    {"$or":[{"id":"EP-2"},{"created":1}]} | false
                    {"$not":{"id":"EP-2"}} | true
                    {"id":"EP-1","created":1} | false
                    """)
    void takesWhatItShould(String text, boolean taken) throws Exception {
        Filter filter = filter(text);

        assertThat(filter.matches(JSON.object(DEVICE.getBytes(UTF_8)))).isEqualTo(taken);
        assertThat(Filter.parse(new String(Json.write(filter.fields()), UTF_8), JSON)
                        .matches(JSON.object(DEVICE.getBytes(UTF_8))))
                .isEqualTo(taken);
    }

    @Test
    void comparesLongsBeyondWhatADoubleHoldsAndTimesByTheirMilliseconds() throws Exception {
        Fields thing = Fields.builder()
                .put("n", 9007199254740993L)
                .put("t", new Value.DateTime(5))
                .build();

        assertThat(filter("{\"n\":9007199254740993}").matches(thing)).isTrue();
        assertThat(filter("{\"n\":9007199254740992}").matches(thing)).isFalse();
        assertThat(filter("{\"n\":{\"$gt\":9007199254740992.0}}").matches(thing))
                .isTrue();
        assertThat(filter("{\"t\":{\"$eq\":5}}").matches(thing)).isTrue();
    }

    /** By that a table is asked at once instead of walked. */
    @Test
    void knowsTheOnlyValueThatANameMayHave() throws Exception {
        assertThat(filter("{\"urn\":{\"$eq\":\"x\"}}").only("urn")).contains(Value.of("x"));
        assertThat(filter("{\"a\":1,\"urn\":\"x\"}").only("urn")).contains(Value.of("x"));
        assertThat(filter("{\"urn\":{\"$ne\":\"x\"}}").only("urn")).isEmpty();
        assertThat(filter("{\"$or\":[{\"urn\":\"x\"}]}").only("urn")).isEmpty();
        assertThat(filter("{\"$not\":{\"urn\":\"x\"}}").only("urn")).isEmpty();
        assertThat(Filter.all().only("urn")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    `` | q cannot be read: the body is empty; JSON is expected
                    {"a" | q cannot be read: not valid JSON near character 4
                    [] | q is no object
                    7 | q is no object
                    {"$nor":[]} | q.$nor is neither a name nor one of $and, $or, $not
                    {"":1} | q. is neither a name nor one of $and, $or, $not
                    {"$and":{}} | q.$and is no array with a filter in it
                    {"$or":[]} | q.$or is no array with a filter in it
                    {"$and":[{"a":1},{"b":{"$regex":"x"}}]} | q.$and[1].b.$regex is no operator; there are $eq, $ne, $gt, $gte, $lt, $lte, $in, $like, $exists
                    {"a":{}} | q.a has no operator
                    {"a":[1]} | q.a is an array; say {"$in": [...]}
                    {"a":{"$in":1}} | q.a.$in is no array of plain values
                    {"a":{"$in":[[]]}} | q.a.$in is no array of plain values
                    {"a":{"$like":1}} | q.a.$like is no string
                    {"a":{"$exists":1}} | q.a.$exists is neither true nor false
                    {"a":{"$eq":{}}} | q.a.$eq is no plain value
                    {"a":{"$gt":true}} | q.a.$gt is neither a number nor a string
                    {"a":{"$gt":null}} | q.a.$gt is neither a number nor a string
                    {"$not":[]} | q.$not is no object
                    {"a":1,"a":2} | q cannot be read: a stands twice in one object
                    """)
    void saysWhatIsWrongWhere(String text, String reason) {
        assertThatThrownBy(() -> filter(text))
                .isInstanceOf(ProtocolException.class)
                .hasMessage(reason);
    }

    /** A pattern that would take a naive matcher longer than the universe lasts. */
    @Test
    @Timeout(10)
    void noPatternIsSlow() {
        String text = "a".repeat(5_000);
        String pattern = "%a".repeat(400) + "%b";

        assertThat(Like.matches(text, pattern)).isFalse();
        assertThat(Like.matches(text, "%a".repeat(400))).isTrue();
    }

    private static Filter filter(String text) throws ProtocolException {
        return Filter.parse(text, JSON);
    }
}
