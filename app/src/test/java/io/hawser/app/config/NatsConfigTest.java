package io.hawser.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.store.engine.StoreLimits;
import io.hawser.store.nats.NatsSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The section {@code hawser.store}. */
class NatsConfigTest {
    @Test
    void theStoreIsOnNatsByOneLineWhateverTheDataFolder() {
        HubConfig onNats = new ConfigReader(Map.of("HAWSER_DATA", "/a/b", "HAWSER_STORE__ENGINE", "nats")).read();
        assertThat(onNats.nats()).contains(NatsSettings.DEFAULT);
        assertThat(onNats.data()).isEmpty();
        assertThat(onNats.limits()).isEqualTo(StoreLimits.ON_DISK);
        assertThat(onNats.place()).isEqualTo("nats://127.0.0.1:4222 (store hawser)");
        HubConfig elsewhere = new ConfigReader(Map.of(
                        "HAWSER_STORE__ENGINE",
                        "nats",
                        "HAWSER_STORE__NATS__URL",
                        "nats://me:secret@b:1,nats://c:2",
                        "HAWSER_STORE__NATS__NAME",
                        "lab",
                        "HAWSER_STORE__NATS__REPLICAS",
                        "3"))
                .read();
        assertThat(elsewhere.nats())
                .contains(NatsSettings.DEFAULT
                        .withUrl("nats://me:secret@b:1,nats://c:2")
                        .withName("lab")
                        .withReplicas(3));
        assertThat(elsewhere.place()).isEqualTo("nats://b:1,nats://c:2 (store lab)");
        assertThatThrownBy(() -> new ConfigReader(Map.of("HAWSER_STORE__NATS__NAME", "a b")).read())
                .hasMessage("hawser.store.nats.name = \"a b\" (environment variable HAWSER_STORE__NATS__NAME)"
                        + " the name of a store on NATS is 1 to 32 letters, digits, '_' and '-', not 'a b'");
    }
}
