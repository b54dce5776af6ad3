package io.hawser.iot.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivationTest {
    private static final Json JSON = new Json(IotLimits.DEFAULT);
    private static final byte[] SECRET = "s3cret-1".getBytes(UTF_8);
    private static KeyPair keys;

    @BeforeAll
    static void makeKeys() throws Exception {
        keys = keys(2048);
    }

    @Test
    void saysTheActivationPolicy() throws Exception {
        assertThat(new String(Json.write(ActivationPolicy.DEFAULT.fields()), UTF_8))
                .isEqualTo("{\"keyType\":\"RSA\",\"hashAlgorithm\":\"SHA256withRSA\",\"keySize\":2048}");
        assertThat(ActivationPolicy.of(ActivationPolicy.DEFAULT.fields())).isEqualTo(ActivationPolicy.DEFAULT);
        assertThatThrownBy(() -> ActivationPolicy.of(Fields.EMPTY))
                .hasMessage("the activation policy: keySize is missing");
        assertThatThrownBy(() -> ActivationPolicy.of(
                        Fields.builder().put("keySize", 1 << 20).build()))
                .hasMessage("the activation policy: keySize is no size of a key in bits");
    }

    @Test
    void provesTheSecretAndThePrivateKey() throws Exception {
        DirectActivation activation = DirectActivation.sign(List.of("urn:a", "urn:b"), "DEV-1", keys, SECRET);

        DirectActivation read = DirectActivation.of(JSON.object(Json.write(activation.fields())));

        assertThat(read).isEqualTo(activation);
        assertThat(read.verify(SECRET)).isEqualTo(keys.getPublic());
        assertThatThrownBy(() -> read.verify("other".getBytes(UTF_8)))
                .hasMessage("the activation: signature does not prove the shared secret of DEV-1 and the private key");
        assertThatThrownBy(() -> read.verify(new byte[0])).isInstanceOf(ProtocolException.class);
    }

    @Test
    void doesNotProveAnotherSubjectKeyOrAttribute() throws Exception {
        DirectActivation good = DirectActivation.sign(List.of("urn:a"), "DEV-1", keys, SECRET);
        Value.Opaque otherKey = new Value.Opaque(keys(2048).getPublic().getEncoded());

        for (DirectActivation bad : List.of(
                new DirectActivation(good.models(), "DEV-2", good.publicKey(), good.attributes(), good.signature()),
                new DirectActivation(good.models(), "DEV-1", otherKey, good.attributes(), good.signature()),
                new DirectActivation(
                        good.models(), "DEV-1", good.publicKey(), Fields.of("a", Value.of("b")), good.signature()),
                new DirectActivation(
                        good.models(),
                        "DEV-1",
                        good.publicKey(),
                        good.attributes(),
                        new Value.Opaque(new byte[256])))) {
            assertThatThrownBy(() -> bad.verify(SECRET)).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void takesNoKeyThatIsTooWeakOrNone() throws Exception {
        DirectActivation weak = DirectActivation.sign(List.of(), "DEV-1", keys(1024), SECRET);

        assertThatThrownBy(() -> weak.verify(SECRET)).hasMessage("publicKey has not 2048 to 8192 bits");
        assertThatThrownBy(() -> DirectActivation.readKey(new Value.Opaque(new byte[294])))
                .hasMessage("publicKey is no RSA key in X.509");
        assertThatThrownBy(() -> DirectActivation.readKey(new Value.Opaque(new byte[0])))
                .hasMessage("publicKey is no RSA key in X.509");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {} | the activation: certificationRequestInfo is missing
                    {"certificationRequestInfo":{}} | the activation: certificationRequestInfo.subjectPublicKeyInfo is missing
                    {"certificationRequestInfo":{"subjectPublicKeyInfo":{}}} | the activation: signatureAlgorithm is missing
                    {"signatureAlgorithm":"SHA1withRSA","certificationRequestInfo":{"subjectPublicKeyInfo":{}}} | the activation: signatureAlgorithm is not SHA256withRSA
                    {"signatureAlgorithm":"SHA256withRSA","certificationRequestInfo":{"subjectPublicKeyInfo":{"algorithm":"EC"}}} | the activation: certificationRequestInfo.subjectPublicKeyInfo.algorithm is not RSA
                    """)
    void saysWhatIsWrongWithAnActivation(String body, String reason) {
        assertThatThrownBy(() -> DirectActivation.of(JSON.object(body.getBytes(UTF_8))))
                .hasMessage(reason);
    }

    @Test
    void saysThatADeviceIsActivated() throws Exception {
        ActivationAnswer answer = ActivationAnswer.activated("EP-1", 5);

        assertThat(new String(Json.write(answer.fields()), UTF_8))
                .isEqualTo("{\"endpointId\":\"EP-1\",\"activationTime\":5,\"endpointState\":\"ACTIVATED\"}");
        assertThat(ActivationAnswer.of(answer.fields())).isEqualTo(answer);
        ActivationAnswer other = new ActivationAnswer(
                "EP-1", "PENDING", OptionalLong.empty(), Optional.of(new Value.Opaque(new byte[3])));
        assertThat(ActivationAnswer.of(JSON.object(Json.write(other.fields())))).isEqualTo(other);
        assertThat(answer.activated()).isTrue();
        assertThat(other.activated()).isFalse();
        assertThatThrownBy(() -> ActivationAnswer.of(Fields.of("endpointId", Value.of("x"))))
                .hasMessage("the answer to the activation: endpointState is missing");
    }

    @Test
    void aGatewaySignsForTheDeviceOrBindsItOrNeither() throws Exception {
        IndirectActivation plain = new IndirectActivation(
                "ICD-1", Map.of("manufacturer", "M", "x-floor", "2"), List.of("urn:a"), Optional.empty());
        IndirectActivation proven = plain.signed("EP-GW", SECRET);
        IndirectActivation bound = plain.signed("EP-GW", keys.getPrivate());

        for (IndirectActivation each : List.of(plain, proven, bound)) {
            assertThat(IndirectActivation.of(JSON.object(Json.write(each.fields()))))
                    .isEqualTo(each);
        }
        assertThat(proven.proves("EP-GW", SECRET)).isTrue();
        assertThat(proven.proves("EP-OTHER", SECRET)).isFalse();
        assertThat(proven.proves("EP-GW", new byte[0])).isFalse();
        assertThat(proven.binds("EP-GW", keys.getPublic())).isFalse();
        assertThat(bound.binds("EP-GW", keys.getPublic())).isTrue();
        assertThat(bound.binds("EP-OTHER", keys.getPublic())).isFalse();
        assertThat(bound.proves("EP-GW", SECRET)).isFalse();
        assertThat(plain.proves("EP-GW", SECRET) || plain.binds("EP-GW", keys.getPublic()))
                .isFalse();
    }

    @Test
    void leavesOutMetadataThatAreNoStrings() throws Exception {
        Fields body = JSON.object("{\"hardwareId\":\"I\",\"a\":1,\"b\":null,\"c\":\"d\"}".getBytes(UTF_8));

        assertThat(IndirectActivation.of(body))
                .isEqualTo(new IndirectActivation("I", Map.of("c", "d"), List.of(), Optional.empty()));
        assertThatThrownBy(() -> IndirectActivation.of(Fields.EMPTY))
                .hasMessage("the activation: hardwareId is missing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IndirectActivation("I", Map.of("signature", "x"), List.of(), Optional.empty()));
    }

    private static KeyPair keys(int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return generator.generateKeyPair();
    }
}
