package io.hawser.eftl.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.value.Fields;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lines of {@code specs/eftl.md} 1.2 to 1.14, and what the flavours of the clients do to them. */
class EftlCodecTest {
    private final EftlCodec codec = new EftlCodec(EftlLimits.DEFAULT);

    private ClientFrame client(String text) throws ProtocolException {
        return codec.readClient(text.getBytes(UTF_8));
    }

    private ServerFrame server(String text) throws ProtocolException {
        return codec.readServer(text.getBytes(UTF_8));
    }

    private Body body(String name, long value) throws ProtocolException {
        return codec.bodies().encode(Fields.builder().put(name, value).build());
    }

    /** These are written exactly as the JavaScript client writes them (op 18 with seq: the C client). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"op\":0}",
                "{\"op\":3,\"id\":\"1\",\"matcher\":\"{\\\"type\\\":\\\"hello\\\"}\",\"stopped\":false}",
                "{\"op\":3,\"id\":\"3\",\"matcher\":\"{\\\"q\\\":true}\",\"durable\":\"sh1\",\"stopped\":false,\"type\":\"shared\",\"ack\":\"none\"}",
                "{\"op\":3,\"id\":\"4\",\"matcher\":\"{\\\"sym\\\":\\\"IBM\\\"}\",\"durable\":\"lv1\",\"stopped\":false,\"type\":\"last-value\",\"key\":\"sym\"}",
                "{\"op\":3,\"id\":\"2\",\"matcher\":\"{\\\"n\\\":1}\",\"durable\":\"d1\",\"stopped\":false,\"ack\":\"client\"}",
                "{\"op\":5,\"id\":\"1\"}",
                "{\"op\":5,\"id\":\"2\",\"del\":false}",
                "{\"op\":8,\"seq\":2,\"body\":{\"fail\":12}}",
                "{\"op\":8,\"body\":{}}",
                "{\"op\":9,\"seq\":2}",
                "{\"op\":9,\"seq\":4,\"id\":\"2\"}",
                "{\"op\":11}",
                "{\"op\":11,\"reason\":\"Connection closed by user.\"}",
                "{\"op\":13,\"seq\":8,\"body\":{\"req\":1}}",
                "{\"op\":15,\"seq\":9,\"body\":{\"answer\":42},\"to\":\"js-1\",\"req\":8}",
                "{\"op\":18,\"map\":\"m1\"}",
                "{\"op\":18,\"seq\":15,\"map\":\"m1\"}",
                "{\"op\":20,\"map\":\"m1\",\"key\":\"k1\",\"value\":{\"text\":\"v1\"},\"seq\":11}",
                "{\"op\":22,\"map\":\"m1\",\"key\":\"k1\",\"seq\":12}",
                "{\"op\":24,\"map\":\"m1\",\"key\":\"k1\",\"seq\":14}",
                "{\"op\":28,\"id\":\"2\",\"seq\":4}",
                "{\"op\":30,\"id\":\"2\"}",
            })
    void writesClientFramesAsTheOriginalsDo(String line) throws Exception {
        assertThat(new String(codec.write(client(line)), UTF_8)).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"op\":0}",
                "{\"op\":2,\"client_id\":\"js-1\",\"id_token\":\"a8171dcfc2167359\",\"timeout\":600,\"heartbeat\":240,\"max_size\":8192,\"_qos\":\"true\",\"_resume\":\"false\",\"protocol\":1,\"stop_supported\":\"true\"}",
                "{\"op\":4,\"id\":\"1\"}",
                "{\"op\":6,\"id\":\"5\",\"err\":22,\"reason\":\"invalid matcher\"}",
                "{\"op\":7,\"to\":\"1\",\"seq\":1,\"body\":{\"a\":1}}",
                "{\"op\":7,\"to\":\"2\",\"seq\":2,\"sid\":2,\"cnt\":1,\"body\":{}}",
                "{\"op\":7,\"to\":\"6\",\"seq\":6,\"reply_to\":\"js-1\",\"req\":8,\"body\":{\"req\":1}}",
                "{\"op\":7,\"to\":\"1\",\"seq\":1,\"body\":{},\"_topic\":\"ivy/air/A\",\"_from\":\"A\",\"_time\":17}",
                "{\"op\":9,\"seq\":2}",
                "{\"op\":9,\"seq\":2,\"_receivers\":3}",
                "{\"op\":9,\"seq\":2,\"err\":12,\"reason\":\"forced failure\"}",
                "{\"op\":10,\"err\":51,\"reason\":\"no\"}",
                "{\"op\":12,\"err\":0,\"reason\":\"bye\"}",
                "{\"op\":14,\"seq\":8,\"body\":{\"answer\":42}}",
                "{\"op\":14,\"seq\":8,\"err\":41,\"reason\":\"...\"}",
                "{\"op\":26,\"seq\":11}",
                "{\"op\":26,\"seq\":12,\"value\":{\"text\":\"v1\"}}",
                "{\"op\":26,\"seq\":15,\"err\":14,\"reason\":\"not authorized\"}",
                "{\"op\":31,\"to\":\"2\"}",
            })
    void writesServerFramesAsTheSpecificationShowsThem(String line) throws Exception {
        assertThat(new String(codec.write(server(line)), UTF_8)).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "js|js-1|{\"op\":1,\"protocol\":1,\"client_type\":\"js\",\"client_version\":\"6.10.0 src V1\",\"user\":\"alice\",\"password\":\"pw1\",\"client_id\":\"js-1\",\"max_pending_acks\":5,\"login_options\":{\"maxPendingAcks\":5,\"autoReconnectAttempts\":5,\"autoReconnectMaxDelay\":2000,\"_qos\":\"true\"}}",
                "java|java-1|{\"op\":1,\"protocol\":1,\"password\":\"pw1\",\"login_options\":{\"auto_reconnect_attempts\":\"5\",\"auto_reconnect_max_delay\":\"2.0\",\"max_pending_acks\":\"5\",\"_qos\":\"true\"},\"max_pending_acks\":5,\"client_type\":\"java\",\"client_version\":\"6.10.0 src V1\",\"user\":\"alice\",\"client_id\":\"java-1\"}",
                "python|py-1|{\"op\": 1, \"protocol\": 1, \"client_type\": \"python\", \"client_version\": \"6.10.0 V1\", \"password\": \"pw1\", \"user\": \"alice\", \"max_pending_acks\": 5, \"client_id\": \"py-1\", \"login_options\": {\"_qos\": \"true\", \"_resume\": \"true\"}}",
                "golang|go-1|{\"client_id\":\"go-1\",\"client_type\":\"golang\",\"client_version\":\"6.10.0 V4\",\"login_options\":{\"_qos\":\"true\",\"_resume\":\"true\"},\"max_pending_acks\":5,\"op\":1,\"password\":\"pw1\",\"protocol\":1,\"user\":\"alice\"}\n",
                "C|c-1|{\"op\":1,\"protocol\":1,\"client_type\":\"C\",\"client_version\":\"6.10.0 src V1\",\"login_options\":{\"_qos\":\"true\",\"_resume\":\"true\"},\"user\":\"alice\",\"password\":\"pw1\",\"client_id\":\"c-1\",\"max_pending_acks\":5}",
                "c#|cs-1|{\"op\":1,\"protocol\":1,\"client_type\":\"c#\",\"client_version\":\"6.10.0 src V1\",\"user\":\"alice\",\"password\":\"pw1\",\"client_id\":\"cs-1\",\"max_pending_acks\":5,\"login_options\":{\"max_pending_acks\":\"5\",\"auto_reconnect_max_delay\":\"2.0\",\"_qos\":\"true\",\"auto_reconnect_attempts\":\"5\"}}",
            })
    void readsTheLoginOfEveryOriginalClient(String row) throws Exception {
        String[] parts = row.split("\\|", 3);

        ClientFrame.Login login = (ClientFrame.Login) client(parts[2]);

        assertThat(login.clientType()).isEqualTo(parts[0]);
        assertThat(login.clientId()).isEqualTo(parts[1]);
        assertThat(login.protocol()).isEqualTo(1);
        assertThat(login.user()).isEqualTo("alice");
        assertThat(login.password()).isEqualTo("pw1");
        assertThat(login.idToken()).isEmpty();
        assertThat(login.maxPendingAcks()).isEqualTo(5);
        assertThat(login.loginOptions()).containsEntry("_qos", "true");
        assertThat(client(new String(codec.write(login), UTF_8))).isEqualTo(login);
    }

    @Test
    void loginOptionsBecomeTextAndWhatIsStructuredIsLeftOut() throws Exception {
        ClientFrame.Login login = (ClientFrame.Login)
                client(
                        "{\"op\":1,\"login_options\":{\"a\":5,\"b\":2.0,\"c\":true,\"d\":null,\"e\":{\"x\":1},\"f\":[1],\"_qos\":\"true\"}}");

        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("a", "5");
        expected.put("b", "2.0");
        expected.put("c", "true");
        expected.put("_qos", "true");
        assertThat(login.loginOptions()).containsExactlyEntriesOf(expected);
    }

    @Test
    void anOldLoginHasProtocolZeroAndNothingElse() throws Exception {
        assertThat(client("{\"op\":1}")).isEqualTo(new ClientFrame.Login(0, "", "", "", "", "", "", 0, Map.of()));
    }

    @Test
    void secretsDoNotShowInText() throws Exception {
        assertThat(client("{\"op\":1,\"user\":\"u\",\"password\":\"s3cret\",\"id_token\":\"t0ken\"}")
                        .toString())
                .doesNotContain("s3cret", "t0ken");
        assertThat(server("{\"op\":2,\"client_id\":\"u\",\"id_token\":\"t0ken\"}")
                        .toString())
                .doesNotContain("t0ken");
    }

    @Test
    void stoppedComesAsBoolTextOrNumber() throws Exception {
        for (String yes : new String[] {"true", "1", "\"true\""}) {
            assertThat(((ClientFrame.Subscribe) client("{\"op\":3,\"id\":\"1\",\"stopped\":" + yes + "}")).stopped())
                    .isTrue();
        }
        for (String no : new String[] {"false", "0", "\"false\"", "null"}) {
            assertThat(((ClientFrame.Subscribe) client("{\"op\":3,\"id\":\"1\",\"stopped\":" + no + "}")).stopped())
                    .isFalse();
        }
    }

    @Test
    void aDurableStaysHoweverAClientSpellsDelFalse() throws Exception {
        for (String no : new String[] {"false", "0", "\"false\""}) {
            assertThat(client("{\"op\":5,\"id\":\"2\",\"del\":" + no + "}"))
                    .isEqualTo(new ClientFrame.Unsubscribe("2", false));
        }
        assertThat(client("{\"op\":5,\"id\":\"2\",\"del\":\"true\"}"))
                .isEqualTo(new ClientFrame.Unsubscribe("2", true));
    }

    @Test
    void aSubscriptionHasDefaults() throws Exception {
        assertThat(client("{\"op\":3,\"id\":\"1\",\"type\":\"standard\",\"matcher\":null,\"onMessage\":{}}"))
                .isEqualTo(new ClientFrame.Subscribe(
                        "1",
                        "",
                        Optional.empty(),
                        ClientFrame.AckMode.AUTO,
                        ClientFrame.DurableType.STANDARD,
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void ourOwnClientsMaySendARegexp() throws Exception {
        ClientFrame.Subscribe frame = (ClientFrame.Subscribe) client("{\"op\":3,\"id\":\"1\",\"regexp\":\"^A (.*)\"}");

        assertThat(frame.regexp()).contains("^A (.*)");
        assertThat(client(new String(codec.write(frame), UTF_8))).isEqualTo(frame);
    }

    @Test
    void membersStandInAnyOrder() throws Exception {
        assertThat(client("{\"body\":{\"a\":1},\"seq\":7,\"op\":8}"))
                .isEqualTo(new ClientFrame.Publish(OptionalLong.of(7), body("a", 1)));
    }

    @Test
    void unknownMembersAreSkippedWhateverTheyHold() throws Exception {
        assertThat(client("{\"x\":[{\"op\":9}],\"op\":8,\"y\":{\"body\":{\"b\":[]}},\"body\":{\"a\":1},\"z\":1e999}"))
                .isEqualTo(new ClientFrame.Publish(OptionalLong.empty(), body("a", 1)));
    }

    @Test
    void membersOfOtherOpsMayHaveAnyType() throws Exception {
        assertThat(client("{\"op\":9,\"seq\":1,\"durable\":5,\"body\":7,\"value\":[],\"login_options\":1}"))
                .isEqualTo(new ClientFrame.Acknowledge(1, Optional.empty()));
    }

    @Test
    void aMemberThatComesTwiceCountsTheLastTime() throws Exception {
        assertThat(client("{\"op\":9,\"op\":8,\"seq\":\"x\",\"seq\":2,\"body\":1,\"body\":{\"a\":1}}"))
                .isEqualTo(new ClientFrame.Publish(OptionalLong.of(2), body("a", 1)));
    }

    @Test
    void unknownOpsAreFramesToBeIgnored() throws Exception {
        assertThat(client("{\"op\":7,\"to\":5}")).isEqualTo(new ClientFrame.Unknown(7));
        assertThat(server("{\"op\":8}")).isEqualTo(new ServerFrame.Unknown(8));
        assertThat(client("{\"op\":99999999999}")).isEqualTo(new ClientFrame.Unknown(Integer.MAX_VALUE));
    }

    @Test
    void anOldServersWelcomeHasNoProtocol() throws Exception {
        assertThat(server("{\"op\":2,\"client_id\":\"x\",\"timeout\":2.5,\"_qos\":true}"))
                .isEqualTo(new ServerFrame.Welcome("x", "", 2, 0, 0, true, false, 0, false, false));
    }

    @Test
    void aBadBodyIsRefusedWithTheNumberThatComesAfterIt() {
        ProtocolException refused = Malformed.of(
                        codec, "{\"op\":8,\"body\":{\"a\":[{\"b\":{\"_d_\":\"x\"}}]},\"seq\":17}".getBytes(UTF_8))
                .orElseThrow();

        assertThat(refused.code()).isEqualTo(11);
        assertThat(refused.fatal()).isFalse();
        assertThat(refused.op()).isEqualTo(8);
        assertThat(refused.seq()).hasValue(17);
        assertThat(refused.reason()).contains("_d_");
    }

    @Test
    void aRefusedSubscriptionIsNamed() {
        ProtocolException refused = Malformed.of(codec, "{\"op\":3,\"id\":\"5\",\"ack\":\"maybe\"}".getBytes(UTF_8))
                .orElseThrow();

        assertThat(refused.code()).isEqualTo(22);
        assertThat(refused.id()).contains("5");
    }

    @Test
    void textThatBreaksAfterOpAndSeqIsStillAnswered() {
        ProtocolException refused = Malformed.of(
                        codec, "{\"op\":8,\"seq\":3,\"body\":{\"a\":\"\\u%04x\"}}".getBytes(UTF_8))
                .orElseThrow();

        assertThat(refused.code()).isEqualTo(11);
        assertThat(refused.seq()).hasValue(3);
        assertThat(refused.fatal()).isFalse();
    }

    @Test
    void codesAreThoseOfTheSpecificationAndTwoOfOurs() {
        assertThat(EftlError.values())
                .extracting(EftlError::code)
                .containsExactly(11, 12, 13, 14, 20, 21, 22, 30, 31, 40, 41, 42, 50, 51, 99);
        assertThat(EftlClose.values())
                .extracting(EftlClose::code)
                .containsExactly(1000, 1001, 1002, 1003, 1006, 1007, 1008, 1009, 1011, 1012, 1015, 4000, 4001, 4002);
    }
}
