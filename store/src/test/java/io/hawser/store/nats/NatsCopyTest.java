package io.hawser.store.nats;

import static io.hawser.store.nats.NatsScene.MAP;
import static io.hawser.store.nats.NatsScene.ONE;
import static io.hawser.store.nats.NatsScene.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.message.TestMessages;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.engine.Store;
import io.hawser.core.store.object.ObjectContent;
import io.hawser.core.store.object.ObjectDraft;
import io.hawser.core.store.object.ObjectManifest;
import io.hawser.core.store.object.ObjectName;
import io.hawser.core.store.object.Upload;
import io.hawser.core.store.object.UploadRequest;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.store.copy.Copy;
import io.hawser.store.copy.Stock;
import io.hawser.store.local.FolderStock;
import io.hawser.store.local.LocalStore;
import io.hawser.store.rack.Family;
import io.hawser.store.rack.Rack;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Everything of a folder onto NATS, and back into a folder. */
@Timeout(60)
class NatsCopyTest {
    private static final ObjectName FILE = new ObjectName("gcs-7", "map.tif");
    private static final int MESSAGES = 3_000;

    private final NatsSettings settings = NatsScene.fresh();
    private final byte[] content = new byte[500_000];

    @TempDir
    private Path folder;

    private Store local(String name) {
        return LocalStore.open(folder.resolve(name), InstantSource.system(), DurableListener.NONE, failure -> {
            throw failure;
        });
    }

    private Stock nats() {
        return NatsStock.open(settings, "a copy", failure -> {});
    }

    /** A folder with something of everything, an upload that was not finished too. */
    private void fill() {
        new Random(1).nextBytes(content);
        try (Store store = local("first")) {
            done(store.durables().define(ONE, NatsScene.ROOMY, new byte[] {1}));
            for (long n = 1; n < MESSAGES; n++) {
                CompletableFuture<Long> unused =
                        store.durables().append(TestMessages.numbered(n), Optional.empty(), List.of(ONE));
            }
            done(store.durables().append(TestMessages.numbered(MESSAGES), Optional.empty(), List.of(ONE)));
            for (String key : List.of("a", "b", "c")) {
                done(store.maps().set(MAP, key, Fields.of("text", Value.of(key.repeat(5_000)))));
            }
            done(store.maps().remove(MAP, "b"));
            Upload upload = done(store.objects().begin(UploadRequest.of(FILE)));
            done(upload.write(ByteBuffer.wrap(content)));
            done(upload.commit());
            Upload interrupted = done(store.objects().begin(UploadRequest.of(new ObjectName("gcs-7", "half"))));
            done(interrupted.write(ByteBuffer.wrap(content)));
        }
    }

    private void check(Store store) {
        assertThat(done(store.durables().list())).hasSize(1).allMatch(durable -> durable.waiting() == MESSAGES);
        assertThat(done(store.maps().get(MAP, "a")).orElseThrow().value().string("text"))
                .contains("a".repeat(5_000));
        assertThat(done(store.maps().get(MAP, "b"))).isEmpty();
        assertThat(done(store.objects().open(FILE)).orElseThrow().info().size()).isEqualTo(content.length);
    }

    @Test
    void allOfAFolderIsOnNatsAndInAFolderAgain() {
        fill();
        List<String> lines = new ArrayList<>();
        Map<Family, Copy.Sum> there;
        try (Stock from = FolderStock.existing(folder.resolve("first"));
                Stock to = nats()) {
            there = Copy.run(from, to, lines::add);
        }
        assertThat(there).hasEntrySatisfying(Family.MESSAGES, sum -> assertThat(sum.count())
                .isEqualTo(MESSAGES));
        assertThat(lines).contains("files: 1, 500000 bytes", "messages: " + MESSAGES);
        try (Stock from = nats();
                Stock to = FolderStock.open(folder.resolve("second"))) {
            assertThat(Copy.run(from, to, lines::add)).isEqualTo(there);
        }
        try (NatsScene scene = new NatsScene(settings, "hub")) {
            check(scene.store());
            NatsScene.Ear ear = new NatsScene.Ear(scene, 10);
            assertThat(ear.numbers()).startsWith(1L, 2L, 3L);
        }
        try (Store second = local("second")) {
            check(second);
        }
    }

    @Test
    void aTargetThatHoldsSomethingIsRefusedAndLeftAlone() {
        fill();
        try (NatsScene scene = new NatsScene(settings, "hub").define()) {
            done(scene.append(7));
        }
        try (Stock from = FolderStock.existing(folder.resolve("first"));
                Stock to = nats()) {
            assertThatThrownBy(() -> Copy.run(from, to, line -> {}))
                    .hasMessageStartingWith("the target is not empty; choose a new folder, or another name on NATS");
        }
        try (NatsScene scene = new NatsScene(settings, "hub")) {
            assertThat(new NatsScene.Ear(scene, 10).numbers()).containsExactly(7L);
        }
    }

    @Test
    void noHubTakesACopyThatWasInterrupted() {
        fill();
        try (Stock from = FolderStock.existing(folder.resolve("first"));
                Stock to = nats()) {
            assertThatThrownBy(() -> Copy.run(new Cut(from), to, line -> {})).hasMessage("cut");
        }
        assertThatThrownBy(() -> new NatsScene(settings, "hub"))
                .hasMessage("this store is a copy that was not finished: delete it, and copy again");
    }

    /** A source that fails when its files are read. */
    private record Cut(Stock whole) implements Stock {
        @Override
        public Rack rack() {
            return whole.rack();
        }

        @Override
        public ObjectContent open(ObjectManifest object) {
            throw new StoreException("cut");
        }

        @Override
        public ObjectDraft create(long number) {
            return whole.create(number);
        }

        @Override
        public void close() {
            whole.close();
        }
    }
}
