package io.hawser.store.local;

import static io.hawser.store.local.Scene.ONE;
import static io.hawser.store.local.Scene.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.store.local.disk.DataFolder;
import io.hawser.store.local.disk.Disk;
import io.hawser.store.local.disk.Watch;
import io.hawser.store.rack.Family;
import io.hawser.store.rack.Round;
import io.hawser.store.rack.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data that another hand than this program's wrote. */
class DamagedMessageTest {
    @TempDir
    private Path temp;

    private Scene scene;

    @BeforeEach
    void open() {
        scene = new Scene(temp);
    }

    /** Changes what is on the disk behind the store's back. */
    private void change(Consumer<Round> change) {
        scene.close();
        Disk disk = new Disk(DataFolder.open(temp));
        Writer writer = new Writer(disk, InstantSource.system(), Watch.asleep(disk), List.of(), failure -> {});
        CompletableFuture<Void> done = new CompletableFuture<>();
        writer.submit(0, done, round -> {
            change.accept(round);
            round.sync();
            round.afterwards(() -> done.complete(null));
        });
        done.join();
        writer.close();
        scene = new Scene(temp);
    }

    private static byte[] number(long id) {
        return ByteBuffer.allocate(8).putLong(id).array();
    }

    @Test
    void isSetAsideAndTheOthersGoOn() {
        scene.define(ONE, TWO);
        scene.append(1, ONE).join();
        long damaged = scene.append(2, ONE, TWO).join();
        scene.append(3, ONE).join();
        change(round -> {
            byte[] record = round.rack().get(Family.MESSAGES, number(damaged)).orElseThrow();
            record[record.length - 1] ^= 1;
            round.put(Family.MESSAGES, number(damaged), record);
        });
        Scene.Ear ear = scene.ear(ONE, 9);
        assertThat(ear.texts()).containsExactly("1x1", "3x1");
        assertThat(scene.told()).containsExactly("DAMAGED one " + damaged);
        assertThat(scene.info(ONE).dropped()).isEqualTo(1);
        assertThat(scene.info(ONE).bytes()).isEqualTo(200);
        ear.consumer.acknowledge(ear.ids());
        assertThat(scene.store().durables().view(TWO, 0, 9).join()).isEmpty();
        scene.append(4, ONE, TWO).join();
        assertThat(scene.ear(TWO, 9).texts()).containsExactly("4x1");
        scene.store().durables().purge(ONE).join();
        scene.restart();
        assertThat(scene.failures()).isEmpty();
        assertThat(scene.info(ONE).waiting()).isZero();
        scene.close();
    }

    /** What hubs wrote before durables had settings. */
    @Test
    void earlyDefinitionsAndEntriesAreRead() {
        scene.define(ONE);
        long id = scene.append(1, ONE).join();
        change(round -> {
            round.put(
                    Family.ENTRIES,
                    ByteBuffer.allocate(12).putInt(1).putLong(id).array(),
                    new byte[] {0, 0, 0, 100});
            byte[] scope = "\u0008test".getBytes(StandardCharsets.US_ASCII);
            byte[] name = "\u0006one".getBytes(StandardCharsets.US_ASCII);
            byte[] definition = {2, 7, 8};
            ByteBuffer value = ByteBuffer.allocate(scope.length + name.length + definition.length);
            round.put(
                    Family.FACTS,
                    ByteBuffer.allocate(5).put((byte) 'd').putInt(1).array(),
                    value.put(scope).put(name).put(definition).array());
            round.delete(
                    Family.FACTS,
                    ByteBuffer.allocate(5).put((byte) 'u').putInt(1).array());
        });
        assertThat(scene.info(ONE).settings()).isEqualTo(io.hawser.core.store.durable.DurableSettings.DEFAULT);
        assertThat(scene.info(ONE).definition().bytes()).containsExactly(7, 8);
        assertThat(scene.info(ONE).bytes()).isEqualTo(100);
        assertThat(scene.ear(ONE, 9).texts()).containsExactly("1x1");
        scene.close();
    }
}
