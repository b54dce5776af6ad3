package io.hawser.iot.device;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.device.virtual.ErrorEvent;
import io.hawser.iot.device.virtual.VirtualDevice;
import io.hawser.iot.gateway.Cloud;
import io.hawser.iot.storage.StorageException;
import io.hawser.iot.storage.StorageObject;
import io.hawser.iot.storage.SyncEvent;
import io.hawser.iot.storage.SyncStatus;
import io.hawser.iot.storage.TransferState;
import io.hawser.net.fault.FaultPlan;
import io.hawser.net.fault.FaultProxy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Contents of a device against our hub, over TLS, through a network that can break. */
@Timeout(60)
class StorageObjectTest {
    private static final String URN = "urn:test:camera";
    private static final String SAID = "iot/camera-1/data/" + URN + ":attributes";
    private static final String MODEL = """
            {"urn":"urn:test:camera","name":"camera","attributes":[{"name":"image","type":"URI"},
            {"name":"level","type":"NUMBER"}],"actions":[{"name":"show","argType":"URI"}],"formats":[
            {"urn":"urn:test:camera:seen","name":"seen","description":"somebody is there","type":"ALERT","value":{"fields":[
            {"name":"photo","type":"URI","optional":false}]}}]}""";

    private final Path folder;
    private final Cloud cloud;
    private final FaultProxy proxy;
    private final Path file;
    private final DirectlyConnectedDevice device;
    private final byte[] content = new byte[3 << 20];
    /** What the next new connection meets. */
    private final AtomicReference<FaultPlan.Faults> fault = new AtomicReference<>(FaultPlan.Faults.NONE);

    StorageObjectTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        new Random(5).nextBytes(content);
        cloud = new Cloud(folder);
        cloud.model(URN, MODEL);
        cloud.register("camera-1", "secret of camera-1");
        URI hub = URI.create(cloud.url());
        proxy = new FaultProxy(
                new InetSocketAddress(hub.getHost(), hub.getPort()),
                random -> fault.getAndSet(FaultPlan.Faults.NONE),
                1);
        String url = "https://localhost:" + proxy.address().getPort();
        file = Provision.file(folder.resolve("d.conf"), url, "camera-1", cloud.trust(), Map.of());
        DeviceOptions options = DeviceOptions.defaults()
                .storage(
                        storage -> storage.withRetries(2, Duration.ofMillis(20)).withQueued(1));
        device = new DirectlyConnectedDevice(file, Provision.PASSPHRASE.toCharArray(), options);
        device.activate(URN);
    }

    @AfterEach
    void stop() {
        device.close();
        proxy.close();
        cloud.close();
    }

    private VirtualDevice camera() throws Exception {
        return device.createVirtualDevice(device.getEndpointId(), device.getDeviceModel(URN));
    }

    private StorageObject picture(String name) throws Exception {
        StorageObject picture = device.createStorageObject(name, "image/jpeg");
        picture.setInputPath(Files.write(folder.resolve("picture"), content));
        return picture;
    }

    private static StorageException failure(CompletableFuture<?> future) {
        try {
            future.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof StorageException why) {
                return why;
            }
            throw failed;
        }
        throw new AssertionError("it was moved");
    }

    @Test
    void aPictureIsThereBeforeTheMessageThatSpeaksOfIt() throws Exception {
        StorageObject picture = picture("day 1/pümp.jpg");
        assertThat(picture.getSyncStatus()).isEqualTo(SyncStatus.NOT_IN_SYNC);
        List<SyncEvent> events = new CopyOnWriteArrayList<>();
        picture.setOnSync(events::add);
        VirtualDevice camera = camera();

        camera.set("image", picture).join();
        assertThat(picture.getSyncStatus()).isEqualTo(SyncStatus.IN_SYNC);
        assertThat(picture.getLength()).hasValue(content.length);
        assertThat(camera.get("image")).contains(picture.getURI());
        await().until(() -> events.size() == 1);
        assertThat(events).containsExactly(new SyncEvent(picture, device.getEndpointId(), "image"));
        await().until(() -> !cloud.heard(SAID).isEmpty());
        assertThat(cloud.heard(SAID).get(0).get("image"))
                .contains(Value.of(picture.getURI().toString()));

        StorageObject found = device.createStorageObject(picture.getURI());
        assertThat(found.getName()).isEqualTo(device.getEndpointId() + "/day 1/pümp.jpg");
        assertThat(found.getType()).isEqualTo("image/jpeg");
        assertThat(found.getLength()).hasValue(content.length);
        assertThat(found.getDate()).isPresent();
        found.setOutputPath(folder.resolve("copy"));
        found.sync().join();
        assertThat(folder.resolve("copy")).hasBinaryContent(content);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        found.setOutputStream(out);
        found.sync().join();
        assertThat(out.toByteArray()).isEqualTo(content);
    }

    @Test
    void picturesRideOnAlertsAndOnArgumentsOfActions() throws Exception {
        VirtualDevice camera = camera();
        CompletableFuture<byte[]> shown = new CompletableFuture<>();
        camera.setCallable("show", argument -> {
            StorageObject wanted = device.createStorageObject((URI) argument.orElseThrow());
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            wanted.setOutputStream(out);
            wanted.sync().thenRun(() -> shown.complete(out.toByteArray()));
        });
        StorageObject picture = picture("seen.jpg");
        camera.createAlert("urn:test:camera:seen").set("photo", picture).raise().join();
        assertThat(picture.getSyncStatus()).isEqualTo(SyncStatus.IN_SYNC);
        String alerts = "iot/camera-1/alert/urn:test:camera:seen";
        await().until(() -> !cloud.heard(alerts).isEmpty());
        String uri = picture.getURI().toString();
        assertThat(cloud.heard(alerts).get(0).get("photo")).contains(Value.of(uri));

        cloud.request("iot/camera-1/actions/show", Fields.of("value", Value.of(uri)));
        assertThat(shown.join()).isEqualTo(content);
    }

    /** The next transfer is cut off after a third. */
    private AtomicInteger cutOnce(List<Long> moved) throws Exception {
        AtomicInteger cuts = new AtomicInteger();
        device.storage().setProgressCallback((object, state, bytes) -> {
            if (state == TransferState.IN_PROGRESS) {
                moved.add(bytes);
                if (bytes > content.length / 3 && cuts.getAndIncrement() == 0) {
                    proxy.resetAll();
                }
            }
        });
        return cuts;
    }

    @Test
    void whatBreaksOffIsTriedAgainAndADownloadGoesOnWhereItWas() throws Exception {
        List<Long> moved = new CopyOnWriteArrayList<>();
        AtomicInteger cuts = cutOnce(moved);
        StorageObject picture = picture("p");
        picture.sync().join();
        assertThat(cuts.get()).isPositive();
        assertThat(picture.getLength()).hasValue(content.length);

        StorageObject found = device.createStorageObject(picture.getURI());
        found.setOutputPath(folder.resolve("copy"));
        cuts.set(0);
        moved.clear();
        found.sync().join();
        assertThat(cuts.get()).isPositive();
        assertThat(moved).as("not from its beginning").isSorted();
        assertThat(folder.resolve("copy")).hasBinaryContent(content);
        assertThat(folder).isDirectoryNotContaining("glob:**/.copy.part");

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        found.setOutputStream(out);
        cuts.set(0);
        found.sync().join();
        assertThat(cuts.get()).isPositive();
        assertThat(out.toByteArray()).isEqualTo(content);
    }

    @Test
    void aStreamIsNotGivenTwoContents() throws Exception {
        StorageObject picture = picture("p");
        picture.sync().join();
        StorageObject found = device.createStorageObject(picture.getURI());
        cutOnce(new CopyOnWriteArrayList<>());
        try (DirectlyConnectedDevice other = new DirectlyConnectedDevice(file, Provision.PASSPHRASE)) {
            StorageObject instead = other.createStorageObject("p", "image/jpeg");
            instead.setInputStream(new ByteArrayInputStream("another".getBytes(UTF_8)));
            ByteArrayOutputStream out = new ByteArrayOutputStream() {
                @Override
                public synchronized void write(byte[] bytes, int from, int count) {
                    super.write(bytes, from, count);
                    instead.sync().join();
                }
            };
            found.setOutputStream(out);
            StorageException why = failure(found.sync());
            assertThat(why.kind()).isEqualTo(StorageException.Kind.DAMAGED);
            assertThat(why).hasMessageContaining("cannot go back");
            assertThat(out.toByteArray()).isEqualTo(Arrays.copyOf(content, out.size()));
        }
    }

    @Test
    void aStreamThatGivesIsReadForOneAttempt() throws Exception {
        StorageObject once = device.createStorageObject("once", "text/plain");
        once.setInputStream(new ByteArrayInputStream(content) {
            private boolean closed;

            @Override
            public synchronized int read(byte[] bytes, int from, int most) {
                return closed ? -1 : super.read(bytes, from, most);
            }

            @Override
            public void close() {
                closed = true;
            }
        });
        fault.set(FaultPlan.Faults.NONE.ending(0, FaultPlan.End.RESET));
        assertThat(failure(once.sync()).kind()).isEqualTo(StorageException.Kind.UNREACHABLE);
        assertThat(once.getSyncStatus()).isEqualTo(SyncStatus.SYNC_FAILED);

        InputStream gone = InputStream.nullInputStream();
        gone.close();
        once.setInputStream(gone);
        StorageException why = failure(once.sync());
        assertThat(why.kind()).isEqualTo(StorageException.Kind.LOCAL);
        assertThat(why).hasMessageContaining("Stream closed");
    }

    @Test
    void whatCannotBeMovedIsToldAndTheMessageThatSpeaksOfItFails() throws Exception {
        StorageObject absent = device.createStorageObject("absent", "text/plain");
        assertThatIllegalStateException().isThrownBy(absent::sync).withMessageContaining("set an input or output");
        absent.setInputPath(folder.resolve("absent"));
        VirtualDevice camera = camera();
        List<ErrorEvent> errors = new CopyOnWriteArrayList<>();
        camera.setOnError(errors::add);
        CompletableFuture<Void> said = camera.set("image", absent);
        camera.set("level", 1.0).join();
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(said::join)
                .withMessageContaining("is not stored");
        assertThat(absent.getSyncStatus()).isEqualTo(SyncStatus.SYNC_FAILED);
        assertThat(failure(absent.sync()).kind()).isEqualTo(StorageException.Kind.LOCAL);
        await().until(() -> errors.size() == 1);
        assertThat(cloud.heard(SAID)).noneMatch(fields -> fields.has("image"));

        URI nowhere = URI.create(absent.getURI() + "-2");
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> device.createStorageObject(nowhere))
                .matches(none -> none.kind() == StorageException.Kind.ABSENT);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> device.createStorageObject(URI.create("https://example.com/p.jpg")))
                .withMessageContaining("not where the server keeps contents");
        assertThatIllegalArgumentException().isThrownBy(() -> device.createStorageObject("/etc/passwd", "text/plain"));
    }

    private static InputStream endless(CountDownLatch closed) {
        return new InputStream() {
            @Override
            public int read() {
                return 7;
            }

            @Override
            public void close() {
                closed.countDown();
            }
        };
    }

    @Test
    void oneMovesAtATimeAndWhatNobodyWantsIsCancelled() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        List<TransferState> states = new CopyOnWriteArrayList<>();
        device.storage().setProgressCallback((object, state, bytes) -> {
            if (state != TransferState.IN_PROGRESS) {
                states.add(state);
            }
        });
        StorageObject first = device.createStorageObject("first", "text/plain");
        first.setInputStream(endless(closed));
        CompletableFuture<StorageObject> moving = first.sync();
        await().until(() -> device.storage().getQueueSize() == 0);
        assertThatIllegalStateException().isThrownBy(() -> first.setOutputPath(folder.resolve("x")));
        StorageObject second = picture("second");
        CompletableFuture<StorageObject> waiting = second.sync();
        assertThat(second.getSyncStatus()).isEqualTo(SyncStatus.SYNC_PENDING);
        StorageObject third = picture("third");
        assertThat(failure(third.sync()).kind()).isEqualTo(StorageException.Kind.FULL);

        assertThat(device.storage().cancel(second)).isTrue();
        assertThat(failure(waiting).kind()).isEqualTo(StorageException.Kind.CANCELLED);
        assertThat(device.storage().cancel(first)).isTrue();
        assertThat(failure(moving).kind()).isEqualTo(StorageException.Kind.CANCELLED);
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
        third.sync().join();
        assertThat(states)
                .containsExactly(
                        TransferState.QUEUED,
                        TransferState.QUEUED,
                        TransferState.FAILED,
                        TransferState.CANCELLED,
                        TransferState.CANCELLED,
                        TransferState.QUEUED,
                        TransferState.COMPLETED);
        assertThat(device.storage().cancel(third)).isFalse();
    }

    @Test
    void aStreamIsReadOnceAndItsEncodingTravels() throws Exception {
        StorageObject text = device.createStorageObject("t", "text/plain");
        text.setEncoding("gzip");
        text.setInputStream(new ByteArrayInputStream("not really".getBytes(UTF_8)));
        text.sync().join();
        StorageObject found = device.createStorageObject(text.getURI());
        assertThat(found.getEncoding()).isEqualTo(Optional.of("gzip"));
        StorageObject empty = device.createStorageObject("e", "text/plain");
        empty.setInputPath(Files.createFile(folder.resolve("empty")));
        empty.sync().join();
        assertThat(device.createStorageObject(empty.getURI()).getLength()).hasValue(0);
    }
}
