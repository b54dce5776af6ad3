package io.hawser.iot.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.value.Value;
import io.hawser.iot.wire.Vectors.Exchange;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What original programs sent is understood, verified where it is signed, and said again. */
class VectorsTest {
    private static final Json JSON = new Json(IotLimits.DEFAULT);
    private final IotCodec codec = new IotCodec(IotLimits.DEFAULT);

    static Stream<String> batches() {
        return Vectors.calls("/messages")
                .flatMap(call -> Stream.of(call.body(), call.answer()))
                .filter(body -> body.contains("\"payload\""));
    }

    static Stream<Exchange> tokens() {
        return Vectors.calls("/oauth2/token");
    }

    static Stream<Exchange> direct() {
        return Vectors.calls("/activation/direct");
    }

    @Test
    void findsAllTheOriginalsSaid() {
        assertThat(batches()).hasSizeGreaterThan(60);
        assertThat(tokens()).hasSizeGreaterThan(15);
        assertThat(direct()).hasSize(9);
        assertThat(Vectors.calls("/activation/indirect/device")).hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("batches")
    void understandsEachMessageAndSaysItAgain(String body) throws Exception {
        List<IotMessage> messages = codec.read(body.getBytes(UTF_8));

        byte[] again = codec.write(messages);

        assertThat(codec.read(again)).isEqualTo(messages);
        assertThat(JSON.read(again)).isEqualTo(JSON.read(body));
    }

    @Test
    void saysEachDataAlertAndResponseOfTheJavaScriptLibraryByteByByte() throws Exception {
        int equal = 0;
        for (Exchange call : Vectors.exchanges("node-v17.jsonl")) {
            if (call.url().contains("/messages")
                    && call.body().contains("\"payload\"")
                    && !call.body().contains("RESOURCES")) {
                assertThat(new String(codec.write(codec.read(call.body().getBytes(UTF_8))), UTF_8))
                        .isEqualTo(call.body());
                equal++;
            }
        }
        assertThat(equal).isGreaterThan(3);
    }

    /** What is verified here the stand-in has verified too, with code that is not ours. */
    @Test
    void verifiesEachAssertionAndActivationOfTheOriginals() throws Exception {
        for (String file : Vectors.FILES) {
            Map<String, PublicKey> keys = new HashMap<>();
            for (Exchange call : Vectors.exchanges(file)) {
                if (call.url().endsWith("/oauth2/token")) {
                    TokenRequest request = TokenRequest.read(call.body().getBytes(UTF_8), IotLimits.DEFAULT);
                    Assertion assertion = Assertion.parse(request.assertion(), IotLimits.DEFAULT);
                    PublicKey key = keys.get(assertion.issuer());
                    if (key == null) {
                        assertion.verify(secret(assertion.issuer()), call.time());
                    } else {
                        assertion.verify(key, call.time());
                    }
                    assertThat(request.activating())
                            .isEqualTo(Set.of("DEV-1", "GW-1").contains(assertion.issuer()));
                    if (file.startsWith("java") || file.startsWith("pol")) {
                        assertThat(new String(request.write(), UTF_8)).isEqualTo(call.body());
                    }
                    TokenAnswer answer =
                            TokenAnswer.of(JSON.object(call.answer().getBytes(UTF_8)));
                    assertThat(answer.lifeMillis()).isEqualTo(3_600_000);
                    assertThat(JSON.object(Json.write(answer.fields()))).isEqualTo(answer.fields());
                }
                if (call.url().contains("/activation/direct")) {
                    DirectActivation activation = DirectActivation.of(call.fields());
                    String endpoint = ActivationAnswer.of(
                                    JSON.object(call.answer().getBytes(UTF_8)))
                            .endpointId();
                    keys.put(endpoint, activation.verify(secret(activation.subject())));
                    assertThat(JSON.object(Json.write(activation.fields()))).isEqualTo(call.fields());
                }
            }
        }
    }

    @Test
    void tellsTheThreeSignaturesOfIndirectActivationApart() throws Exception {
        Exchange gateway = Vectors.exchanges("javagw.jsonl").stream()
                .filter(call -> call.url().contains("/activation/direct"))
                .findFirst()
                .orElseThrow();
        PublicKey key = DirectActivation.of(gateway.fields()).verify(secret("GW-1"));
        List<String> proofs = Vectors.calls("/activation/indirect/device")
                .map(call -> {
                    try {
                        IndirectActivation activation = IndirectActivation.of(call.fields());
                        assertThat(JSON.object(Json.write(activation.fields()))).isEqualTo(call.fields());
                        return proof(activation, key);
                    } catch (ProtocolException refused) {
                        throw new AssertionError(refused);
                    }
                })
                .toList();

        assertThat(proofs).containsExactly("sharedSecret", "null", "gatewayPrivateKey");
        List<String> noted = Vectors.lines("javagw.jsonl").stream()
                .filter(line -> line.string("note").equals(Optional.of("indirect activation")))
                .map(line -> line.get("signature")
                        .filter(Value.Str.class::isInstance)
                        .map(v -> ((Value.Str) v).value())
                        .orElse("null"))
                .toList();
        assertThat(proofs).isEqualTo(noted);
    }

    private static String proof(IndirectActivation activation, PublicKey key) {
        boolean secret = activation.proves("EP-GW-1", secret("ICD-1"));
        boolean bound = activation.binds("EP-GW-1", key);
        assertThat(secret && bound).isFalse();
        assertThat(activation.signature().isPresent()).isEqualTo(secret || bound);
        return secret ? "sharedSecret" : bound ? "gatewayPrivateKey" : "null";
    }

    private static byte[] secret(String id) {
        String secret =
                switch (id) {
                    case "DEV-1" -> "s3cret-1";
                    case "GW-1" -> "s3cret-gw";
                    case "ICD-1" -> "icd-secret";
                    case "ENT-1" -> "s3cret-ent";
                    default -> throw new AssertionError("no secret of " + id);
                };
        return secret.getBytes(UTF_8);
    }
}
