package io.hawser.iot.device;

import static io.hawser.iot.link.Oddity.answer;
import static io.hawser.iot.link.Oddity.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.link.AssetsException;
import io.hawser.iot.link.LinkException;
import io.hawser.iot.link.Oddity;
import io.hawser.iot.wire.IotMessage;
import io.hawser.net.tls.Authority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an activation when the server is busy, lost, or does not know us. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ActivationTest {
    private static final String POLICY =
            answer(200, "{\"keyType\":\"RSA\",\"hashAlgorithm\":\"SHA256withRSA\",\"keySize\":2048}");
    private static final String ACTIVATED = answer(200, "{\"endpointId\":\"E1\",\"endpointState\":\"ACTIVATED\"}");
    private static final String TAKEN = answer(200, "[]");

    private final Path folder;
    private final Authority authority;
    private final Deque<String> activations = new ArrayDeque<>(List.of(ACTIVATED));
    private final Deque<String> posts = new ArrayDeque<>();
    private final Oddity server;
    private Path file = Path.of("");

    ActivationTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        authority = new Authority(folder, "test");
        server = new Oddity(authority.issue("localhost"), this::script);
    }

    private String script(Oddity.Said call) {
        if (call.path().endsWith("/token")) {
            return token("t", 3_600_000);
        }
        if (call.path().contains("/activation/policy")) {
            return POLICY;
        }
        return call.path().contains("/activation/direct")
                ? activations.remove()
                : posts.isEmpty() ? TAKEN : posts.remove();
    }

    @BeforeEach
    void provision() throws Exception {
        file = Provision.file(folder.resolve("d.conf"), server.url(), "DEV-1", authority.pem(), Map.of());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private DirectlyConnectedDevice device() throws AssetsException {
        return new DirectlyConnectedDevice(file, Provision.PASSPHRASE);
    }

    @Test
    void aBusyServerBehindTheActivationDoesNotUndoIt() throws Exception {
        posts.add(answer(503, ""));
        try (DirectlyConnectedDevice device = device()) {
            device.activate("urn:x");
            assertThat(device.isActivated()).isTrue();
            device.send(new IotMessage.Data(device.head(), "urn:x:attributes", Fields.of("a", Value.of(1))));
        }
        List<Oddity.Said> said = server.heard("/messages");
        assertThat(said).hasSize(2);
        assertThat(said.get(0).body()).contains("RESOURCES_REPORT").contains("device_policy/policyChanged");
        assertThat(said.get(1).body()).contains("RESOURCES_REPORT").contains("\"a\":1");
    }

    @Test
    void anActivationWhoseAnswerWasLostIsAskedAgainWithTheSameKey() throws Exception {
        activations.addFirst(Oddity.GONE);
        try (DirectlyConnectedDevice device = device()) {
            LinkException lost = catchThrowableOfType(LinkException.class, () -> device.activate("urn:x"));
            assertThat(lost.kind()).isEqualTo(LinkException.Kind.UNREACHABLE);
            assertThat(device.isActivated()).isFalse();
        }
        try (DirectlyConnectedDevice again = device()) {
            again.activate("urn:x");
            assertThat(again.getEndpointId()).isEqualTo("E1");
        }
        assertThat(server.heard("/activation/direct").stream()
                        .map(call -> call.body().replaceAll(".*\"publicKey\":\"([^\"]*)\".*", "$1"))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void anEndpointThatIsNotActivatedIsNone() throws Exception {
        activations.addFirst(answer(200, "{\"endpointId\":\"E1\",\"endpointState\":\"DISABLED\"}"));
        try (DirectlyConnectedDevice device = device()) {
            assertThatThrownBy(() -> device.activate("urn:x")).hasMessageContaining("the endpoint is DISABLED");
            assertThat(device.isActivated()).isFalse();
        }
    }

    @Test
    void aReadOnlyFileIsToldBeforeTheServerIsAsked() throws Exception {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        try (DirectlyConnectedDevice device = device()) {
            assertThatThrownBy(() -> device.activate("urn:x"))
                    .isInstanceOf(AssetsException.class)
                    .hasMessageContaining("is read-only");
        }
        assertThat(server.heard()).isEmpty();
    }
}
