package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.app.config.ConfigReader;
import io.hawser.app.hub.Hub;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.SubscribeOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A backup of a hub that goes on: all that was acknowledged before it began is in what is made of it. */
@Timeout(120)
class OnlineBackupTest extends AdminStage {
    private static final int BEFORE = 500;

    private final Path folder;
    private final AtomicInteger acknowledged = new AtomicInteger();
    private volatile boolean loaded = true;

    OnlineBackupTest(@TempDir Path folder) {
        super(Map.of("data", folder.resolve("data").toString()));
        this.folder = folder;
    }

    private void publish() {
        try (EftlConnection connection = connect("source")) {
            for (int n = 0; loaded; n++) {
                connection
                        .publish(EftlMessage.builder().setLong("n", n).build())
                        .join();
                acknowledged.incrementAndGet();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy", "copy.zip"})
    void holdsWhatWasAcknowledgedBeforeItBegan(String target) {
        try (EftlConnection connection = connect("gcs")) {
            connection
                    .subscribe(SubscribeOptions.everything().durable("all"), message -> {})
                    .join();
        }
        assertThat(run("kv", "put", "settings", "a", "n=1")).isZero();
        CompletableFuture<Void> load = CompletableFuture.runAsync(this::publish);
        while (acknowledged.get() < BEFORE && !load.isDone()) {
            Thread.onSpinWait();
        }
        int before = acknowledged.get();
        String copy = folder.resolve(target).toString();
        assertThat(run("backup", copy)).as(err.toString()).isZero();
        int after = acknowledged.get();
        loaded = false;
        load.join();
        assertThat(folder.resolve("data/snapshot")).doesNotExist();

        String restored = folder.resolve("restored").toString();
        assertThat(run("restore", copy, "--data", restored)).as(err.toString()).isZero();
        assertThat(run("fsck", "--data", restored)).as(out.toString()).isZero();
        assertThat(err.toString()).endsWith("sound\n");
        try (Hub other = Hub.start(new ConfigReader(Map.of())
                .flag("test", "eftl.port", 0)
                .flag("test", "admin.port", 0)
                .flag("test", "admin.token", TOKEN)
                .flag("test", "data", restored)
                .read())) {
            String there = other.adminUrl().orElseThrow();
            assertThat(lines("kv", "get", "settings", "a", "--admin", there).get(0))
                    .endsWith("value={\"n\":1}");
            List<String> kept = lines("durable", "view", "all", "--limit", "1000000", "--admin", there, "-o", "json");
            assertThat(kept).hasSizeBetween(before, after + 1);
            for (int n = 0; n < kept.size(); n++) {
                assertThat(kept.get(n)).endsWith("\"fields\":{\"n\":" + n + "}}");
            }
        }
    }

    @Test
    void touchesNothingThatIsThere() throws Exception {
        Path file = Files.writeString(
                Files.createDirectories(folder.resolve("full")).resolve("holiday.jpg"), "x");
        assertThat(run("backup", folder.resolve("full").toString())).isEqualTo(1);
        assertThat(err.toString()).endsWith("is not empty; choose a new one\n");
        assertThat(run("backup", file.resolve("below").toString())).isEqualTo(1);
        assertThat(err.toString()).endsWith(": Not a directory\n").doesNotContain("Exception");
        Path zip = Files.writeString(folder.resolve("there.zip"), "x");
        assertThat(run("backup", zip.toString())).isEqualTo(1);
        assertThat(zip).hasContent("x");
        assertThat(run("backup", folder.resolve("new").toString(), "--token", "another-token-of-nobody"))
                .isEqualTo(4);
    }

    @Test
    void aHubWithoutADataFolderHasNothingToBackUp() {
        try (Hub other = Hub.start(new ConfigReader(Map.of())
                .flag("test", "eftl.port", 0)
                .flag("test", "admin.port", 0)
                .flag("test", "admin.token", TOKEN)
                .read())) {
            String there = other.adminUrl().orElseThrow();
            assertThat(run("backup", folder.resolve("new").toString(), "--admin", there))
                    .isEqualTo(1);
            assertThat(err.toString())
                    .isEqualTo(
                            "hawser backup: this hub has no data folder: start it with --data DIR, or back NATS up with"
                                    + " 'nats account backup'\n");
        }
    }
}
