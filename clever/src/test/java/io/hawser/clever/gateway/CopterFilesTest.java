package io.hawser.clever.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hawser.clever.CleverPeer;
import io.hawser.clever.engine.file.FileSink;
import io.hawser.clever.engine.file.HostilePaths;
import io.hawser.clever.wire.ProtocolException;
import io.hawser.core.store.object.ObjectInfo;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that copters send are objects of theirs, whole or not at all. The stage keeps 3 files and 150,000 bytes of each. */
@Timeout(60)
class CopterFilesTest extends GatewayStage {
    private static final String HELLO_SHA256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    private final List<ObjectInfo> appeared = new CopyOnWriteArrayList<>();
    private final Queue<String> reached = new ConcurrentLinkedQueue<>();
    private final CopterFiles files = new CopterFiles(
            bus.store().objects(), settings.files(), () -> Optional.of("clever:copter-1"), reached::add, appeared::add);

    @TempDir
    private Path temp;

    @Test
    void aFileOfACopterIsAnObjectAndTheBusHearsOfIt() throws Exception {
        CleverPeer copter = copter("copter-1", 0);
        awaitFleet(1);
        Path file = Files.writeString(temp.resolve("a.txt"), "hello");

        copter.sendFile(file, "logs/a.txt").get(10, TimeUnit.SECONDS);

        await().until(() -> !heard("files/clever:copter-1/logs/a.txt").isEmpty());
        Fields said = heard("files/clever:copter-1/logs/a.txt").get(0).fields();
        assertThat(said.string("sha256")).contains(HELLO_SHA256);
        assertThat(said.find("size")).isEqualTo(Value.of(5));
        assertThat(said.string("owner")).contains("clever:copter-1");
        assertThat(said.string("name")).contains("logs/a.txt");
        assertThat(stored("clever:copter-1", "logs/a.txt").orElseThrow().sha256())
                .isEqualTo(HELLO_SHA256);
    }

    @Test
    void ofAFileThatIsCutOffNothingAppears() throws IOException, ProtocolException {
        try (RawCopter copter = new RawCopter(address)) {
            copter.answer(Value.of("raw"));
            awaitFleet(1);
            String head = "{\"byteorder\": \"little\", \"content-type\": \"binary\", \"content-encoding\": \"utf-8\","
                    + " \"content-length\": 50000, \"message-type\": \"message\", \"action\": \"filetransfer\","
                    + " \"filepath\": \"half.bin\"}";
            copter.send(new byte[] {(byte) (head.length() >> 8), (byte) head.length()});
            copter.send(head.getBytes(UTF_8));
            copter.send(new byte[40_000]);
            await().until(() -> usage() > 0);
        }
        await().until(() -> usage() == 0);
        assertThat(stored("clever:raw", "half.bin")).isEmpty();
    }

    @Test
    void hostilePathsAreRefused() {
        for (String path : HostilePaths.all()) {
            assertThatThrownBy(() -> files.sink(path).open("")).as(path).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> files.sink("a/".repeat(31) + "x".repeat(240)).open(""))
                .hasMessage("a path must not be longer than 300 characters");
        assertThatThrownBy(() -> files.source("a").open()).hasMessage("this ground station gives no files");
        assertThat(usage()).isZero();
        assertThat(appeared).isEmpty();
    }

    @Test
    void aCopterHasSoMuchRoomAndNoMore() throws IOException {
        put("a", 100_000);
        assertThatThrownBy(() -> put("b", 100_001)).hasMessage("the file is longer than 100000 bytes, the limit");
        assertThatThrownBy(() -> put("b", 50_001))
                .hasMessage("the files of this copter have more than 150000 bytes, the limit; remove some");
        put("b", 50_000);
        put("a", 100_000);
        put("c", 0);
        assertThatThrownBy(() -> put("d", 0)).hasMessage("there are 3 files of this copter, the limit; remove some");
        assertThat(appeared).extracting(info -> info.name().name()).containsExactly("a", "b", "a", "c");
        assertThat(usage()).isEqualTo(150_000);
        assertThat(reached)
                .containsExactly("clever.files.max-file", "clever.files.max-bytes", "clever.files.max-files");
    }

    @Test
    void whoSaysNoIdMaySendNone() {
        CopterFiles nobody =
                new CopterFiles(bus.store().objects(), settings.files(), Optional::empty, reached::add, appeared::add);
        assertThatThrownBy(() -> nobody.sink("a").open("")).hasMessage("only a copter that says its id may send files");
    }

    private void put(String name, int size) throws IOException {
        FileSink sink = files.sink(name);
        sink.open("");
        try {
            sink.write(new byte[size]);
            sink.finish("");
        } catch (IOException refused) {
            sink.discard();
            throw refused;
        }
    }

    private long usage() {
        return bus.store().objects().usage().join().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
