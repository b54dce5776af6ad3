package io.hawser.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.app.text.JsonText;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoreDoctorTest {
    private static List<Finding> look(String json) {
        return StoreDoctor.look(JsonText.read(json));
    }

    private static Finding sync(String version, int replicas) {
        return look("{\"engine\":\"nats\",\"place\":\"nats://a:1 (store hawser)\",\"taking\":true,\"version\":\""
                        + version + "\",\"servers\":3,\"replicas\":" + replicas + "}")
                .get(1);
    }

    @Test
    void aFolderIsSyncedAndMemoryIsSaidToBeMemory() {
        assertThat(look("{\"engine\":\"local\",\"place\":\"/var/lib/hawser\"}"))
                .containsExactly(Finding.good(
                        "store", "in the folder /var/lib/hawser, which is synced before anything is acknowledged"));
        assertThat(look("{\"engine\":\"memory\",\"place\":\"memory\"}").get(0).remedy())
                .contains("hawser.data");
    }

    @Test
    void oneServerThatCannotBeToldToSyncIsNotEnough() {
        Finding old = sync("2.9.10", 1);
        assertThat(old.good()).isFalse();
        assertThat(old.seen()).contains("acknowledges before it syncs, which it does every two minutes");
        assertThat(old.remedy()).contains("store.nats.replicas = 3").doesNotContain("sync_interval");
        assertThat(sync("2.9.10", 3).good()).isTrue();
        assertThat(sync("2.12.1", 1).good()).isTrue();
        assertThat(sync("2.12.1", 1).seen()).contains("unless it is told jetstream { sync_interval: always }");
        assertThat(sync("something else", 1).good()).isFalse();
    }

    @Test
    void serversThatAreAwayAreToldWithARemedy() {
        Finding away =
                look("{\"engine\":\"nats\",\"place\":\"p\",\"taking\":false,\"version\":\"2.9.10\",\"servers\":1,"
                                + "\"replicas\":1,\"why\":\"no quorum\"}")
                        .get(0);
        assertThat(away.good()).isFalse();
        assertThat(away.seen()).isEqualTo("no quorum");
        assertThat(away.remedy()).contains("start the servers");
    }
}
