package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the configuration says of maps holds for everybody: at the limit it goes, beyond it one is refused in words. */
@Timeout(60)
class KvLimitsTest extends AdminStage {
    KvLimitsTest(@TempDir Path folder) {
        super(Map.of(
                "data", folder.resolve("data").toString(),
                "maps.watches", 1,
                "maps.history", 2,
                "maps.keys", 3,
                "maps.count", 1,
                "maps.value-bytes", 1024));
    }

    @Test
    void asManyOlderValuesAreKeptAsItSays() {
        for (int n = 1; n <= 4; n++) {
            assertThat(run("kv", "put", "m", "k", "n=" + n)).isZero();
        }
        List<String> kept = lines("kv", "history", "m", "k");
        assertThat(kept.stream().map(line -> line.replaceFirst(".*value=", "")))
                .containsExactly("{\"n\":4}", "{\"n\":3}", "{\"n\":2}");
        assertThat(lines("kv", "ls").get(0)).contains("keys=1", "max_keys=3", "history=2");
    }

    @Test
    void moreKeysMapsOrBytesAreRefused() {
        for (int n = 1; n <= 3; n++) {
            assertThat(run("kv", "put", "m", "k" + n, "n=1")).isZero();
        }
        assertThat(run("kv", "put", "m", "k3", "n=2")).isZero();
        assertThat(run("kv", "put", "m", "k4", "n=1")).isEqualTo(1);
        assertThat(err.toString())
                .contains("is full (3 entries or 67108864 bytes); remove entries, or raise its limit");
        assertThat(run("kv", "put", "other", "k", "n=1")).isEqualTo(1);
        assertThat(err.toString()).contains("would be one too many; drop one, or raise the limit");
        assertThat(run("kv", "put", "m", "k1", "x".repeat(1_000))).isZero();
        assertThat(run("kv", "put", "m", "k1", "x".repeat(1_025))).isEqualTo(1);
        assertThat(err.toString()).endsWith(" bytes is too long for a map; the limit is 1024\n");
    }

    @Test
    void moreWatchesAreRefusedUntilOneEnds() {
        CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> run("kv", "watch", "m", "--count", "1"));
        await().until(() -> err.toString().contains("watching; Ctrl-C ends it") || first.isDone());
        assertThat(run("kv", "watch", "m")).isEqualTo(1);
        assertThat(err.toString())
                .endsWith("hawser kv watch: there are 1 watches of maps, the limit; end one, or raise the limit\n");
        assertThat(run("kv", "put", "m", "k", "n=1")).isZero();
        assertThat(first.join()).isZero();
        await().until(() -> run("kv", "watch", "m", "--count", "1") == 0);
    }
}
