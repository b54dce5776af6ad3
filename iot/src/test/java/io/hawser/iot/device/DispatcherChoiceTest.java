package io.hawser.iot.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.dispatch.DispatcherOptions;
import io.hawser.iot.dispatch.MessageDispatcher;
import io.hawser.iot.dispatch.Surroundings;
import io.hawser.iot.gateway.Cloud;
import io.hawser.iot.link.HttpsLink;
import io.hawser.iot.link.LinkSettings;
import io.hawser.iot.link.ServerClock;
import io.hawser.iot.link.TrustedAssets;
import io.hawser.iot.wire.IotMessage;
import io.hawser.net.Loops;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One dispatcher a device: made with its first use, replaced, removed. */
@Timeout(60)
class DispatcherChoiceTest {
    private static final String URN = "urn:test:pump";
    private static final String FORMAT = URN + IotMessage.ATTRIBUTES;
    private static final String MODEL = """
            {"urn":"urn:test:pump","name":"pump","attributes":[{"name":"level","type":"NUMBER"}],
            "actions":[{"name":"start"}],"formats":[]}""";

    private final Path file;
    private final Cloud cloud;
    private final DirectlyConnectedDevice device;
    private final Loops loops = Loops.start(1, "other");
    private final ExecutorService threads = Executors.newSingleThreadExecutor();

    DispatcherChoiceTest(@TempDir Path folder) throws Exception {
        cloud = new Cloud(folder, Cloud::impatient);
        cloud.model(URN, MODEL);
        cloud.register("pump-7", "secret of pump-7");
        file = Provision.file(folder.resolve("d.conf"), cloud.url(), "pump-7", cloud.trust(), Map.of());
        device = new DirectlyConnectedDevice(file, Provision.PASSPHRASE);
    }

    @BeforeEach
    void activate() throws Exception {
        device.activate(URN);
    }

    @AfterEach
    void stop() {
        device.close();
        threads.shutdown();
        loops.close();
        cloud.close();
    }

    /** A dispatcher with a way to the server, and threads, of its own. */
    private MessageDispatcher another() throws Exception {
        TrustedAssets assets = TrustedAssets.open(file, Provision.PASSPHRASE.toCharArray());
        ServerClock clock = new ServerClock(InstantSource.system());
        HttpsLink link = new HttpsLink(assets, LinkSettings.DEFAULT, clock, loops.next(), threads);
        return MessageDispatcher.open(
                assets.id(),
                link,
                DispatcherOptions.defaults(),
                new Surroundings(loops.next(), clock, new Random(7), threads, threads));
    }

    private void hears(double level) {
        await().until(() -> cloud.heard("iot/pump-7/data/" + FORMAT).contains(Fields.of("level", Value.of(level))));
    }

    @Test
    void itIsMadeOnceAndGoneWhenItIsRemoved() throws Exception {
        MessageDispatcher first = device.getMessageDispatcher().orElseThrow();
        assertThat(device.getMessageDispatcher()).containsSame(first);
        assertThat(device.dispatcher()).isSameAs(first);
        assertThatIllegalStateException().isThrownBy(() -> device.receive(Duration.ofMillis(1)));
        assertThat(device.removeMessageDispatcher()).containsSame(first);
        assertThat(device.getMessageDispatcher()).isEmpty();
        assertThat(device.removeMessageDispatcher()).isEmpty();
        assertThatIllegalStateException()
                .isThrownBy(device::dispatcher)
                .withMessageContaining("set another one with setMessageDispatcher");
        first.queue(new IotMessage.Data(device.head(), FORMAT, Fields.of("level", Value.of(1.5))))
                .delivered()
                .join();
        first.close();
        cloud.request("iot/pump-7/actions/start", Fields.EMPTY);
        assertThat(device.receive(Duration.ofSeconds(10)).orElseThrow().url()).endsWith("/actions/start");
        hears(1.5);
    }

    @Test
    void anotherCarriesWhatIsSaidFromThenOnAndIsClosedWithTheDevice() throws Exception {
        MessageDispatcher other = another();
        assertThat(device.setMessageDispatcher(other)).isEmpty();
        assertThat(device.getMessageDispatcher()).containsSame(other);
        device.createVirtualDevice(device.getEndpointId(), device.getDeviceModel(URN))
                .set("level", 2.5)
                .join();
        assertThat(other.counters().totalMessagesSent()).isPositive();
        hears(2.5);
        MessageDispatcher third = another();
        assertThat(device.setMessageDispatcher(third)).containsSame(other);
        other.close();
        device.close();
        assertThat(third.isClosed()).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> device.setMessageDispatcher(third));
    }
}
