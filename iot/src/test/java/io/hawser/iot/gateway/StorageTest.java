package io.hawser.iot.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hawser.core.count.Counter;
import io.hawser.core.store.object.ObjectName;
import io.hawser.core.store.object.Upload;
import io.hawser.core.store.object.UploadRequest;
import io.hawser.core.value.Fields;
import io.hawser.iot.gateway.storage.StorageLimits;
import io.hawser.iot.registry.Integration;
import io.hawser.iot.registry.RegistryLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files of devices, as the original's storage cloud kept them ({@code specs/iot.md} 1.8). */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StorageTest {
    private static final String GATEWAY = "urn:oracle:iot:dcd:capability:indirect_activation";
    private static final StorageLimits LIMITS = new StorageLimits(6_000_000, 13_000_000, 3, 2);

    private final Path data;
    private final Cloud cloud;
    private final RawDevice camera;
    private String container = "";
    private String token = "";

    StorageTest(@TempDir Path folder) throws Exception {
        data = folder.resolve("data");
        cloud = new Cloud(
                folder, settings -> settings.withLimits(0, LIMITS, RegistryLimits.DEFAULT), Optional.of(data));
        camera = device("camera 7", GATEWAY);
        token = storageToken(camera);
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    private RawDevice device(String hardwareId, String... models) throws Exception {
        cloud.register(hardwareId, "secret of " + hardwareId);
        RawDevice device = new RawDevice(cloud, hardwareId, "secret of " + hardwareId);
        device.activate(models);
        return device;
    }

    private String storageToken(RawDevice device) throws Exception {
        Fields answer = RawDevice.ok(device.get("/iot/api/v2/provisioner/storage"));
        container = answer.string("storageContainerUrl").orElseThrow();
        return answer.string("authToken").orElseThrow();
    }

    private HttpRequest.Builder at(RawDevice whose, String name) {
        return HttpRequest.newBuilder(URI.create(container + "/" + whose.endpointId + "/" + name));
    }

    private HttpResponse<byte[]> put(String name, byte[] content) throws Exception {
        return camera.file(at(camera, name).PUT(BodyPublishers.ofByteArray(content)), token);
    }

    private HttpResponse<byte[]> get(String name, String... headers) throws Exception {
        HttpRequest.Builder request = at(camera, name).GET();
        return camera.file(headers.length == 0 ? request : request.headers(headers), token);
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static String md5(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static String said(HttpResponse<byte[]> answer) {
        return answer.statusCode() + " " + new String(answer.body(), UTF_8);
    }

    private Map<String, Long> usage() {
        return cloud.files().usage().join();
    }

    @Test
    void aFileLongerThanAnyMessageComesBackAsItWasAndTheBusHearsOfIt() throws Exception {
        byte[] content = bytes(5_000_001);
        HttpResponse<byte[]> stored = camera.file(
                at(camera, "day%201/photo-%C3%A4.jpg")
                        .header("Content-Type", "image/jpeg")
                        .header("Content-Encoding", "identity")
                        .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(content))),
                token);
        assertThat(said(stored)).isEqualTo("201 ");
        assertThat(header(stored, "etag")).isEqualTo(md5(content));

        HttpResponse<byte[]> known =
                camera.file(at(camera, "day%201/photo-%C3%A4.jpg").method("HEAD", BodyPublishers.noBody()), token);
        HttpResponse<byte[]> whole = get("day%201/photo-%C3%A4.jpg");
        assertThat(whole.body()).isEqualTo(content);
        assertThat(known.body()).isEmpty();
        for (HttpResponse<byte[]> answer : List.of(known, whole)) {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(header(answer, "content-length")).isEqualTo("5000001");
            assertThat(header(answer, "content-type")).isEqualTo("image/jpeg");
            assertThat(header(answer, "content-encoding")).isEqualTo("identity");
            assertThat(header(answer, "etag")).isEqualTo(md5(content));
            assertThat(header(answer, "last-modified"))
                    .isEqualTo(header(stored, "last-modified"))
                    .matches("[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} 20[0-9]{2} [0-9:]{8} GMT");
        }
        String topic = "files/iot:camera 7/day 1/photo-ä.jpg";
        await().until(() -> !cloud.heard(topic).isEmpty());
        assertThat(cloud.heard(topic).get(0).string("owner")).contains("iot:camera 7");
        assertThat(cloud.heard(topic).get(0).string("name")).contains("day 1/photo-ä.jpg");
        assertThat(cloud.heard(topic).get(0).string("type")).contains("image/jpeg");
    }

    @Test
    void whoHasAPartAsksForTheRest() throws Exception {
        byte[] content = bytes(700_000);
        String tag = header(put("film", content), "etag");
        HttpResponse<byte[]> rest = get("film", "Range", "bytes=300000-", "If-Range", tag);
        assertThat(rest.statusCode()).isEqualTo(206);
        assertThat(header(rest, "content-range")).isEqualTo("bytes 300000-699999/700000");
        assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(content, 300_000, 700_000));
        assertThat(get("film", "Range", "bytes=262143-262144").body())
                .isEqualTo(Arrays.copyOfRange(content, 262_143, 262_145));
        assertThat(get("film", "Range", "bytes=-3").body()).isEqualTo(Arrays.copyOfRange(content, 699_997, 700_000));

        put("film", bytes(10));
        assertThat(get("film", "Range", "bytes=3-", "If-Range", tag).body()).isEqualTo(bytes(10));
        HttpResponse<byte[]> beyond = get("film", "Range", "bytes=10-");
        assertThat(beyond.statusCode()).isEqualTo(416);
        assertThat(header(beyond, "content-range")).isEqualTo("bytes */10");
        assertThat(get("film", "Range", "bytes=1-2,4-5").statusCode()).isEqualTo(200);
    }

    @Test
    void aTokenIsForFilesAloneAndGoodAsLongAsItsDevice() throws Exception {
        put("film", bytes(10));
        String good = token;
        token = "0123456789abcdef0123456789abcdef";
        HttpResponse<byte[]> refused = put("film", bytes(1_000_000));
        assertThat(said(refused)).startsWith("401 ").contains("provisioner/storage");
        assertThat(get("film").statusCode()).isEqualTo(401);
        HttpRequest.Builder elsewhere =
                HttpRequest.newBuilder(URI.create(cloud.url() + "/iot/api/v2/provisioner/storage"));
        assertThat(said(camera.file(elsewhere.header("Authorization", "Bearer " + good), good)))
                .startsWith("403 ")
                .contains("this token is for files alone");

        token = good;
        assertThat(get("film").body()).isEqualTo(bytes(10));
        cloud.ask(registry -> registry.devices().disable(camera.endpointId));
        assertThat(get("film").statusCode()).isEqualTo(401);
    }

    @Test
    void eachReachesItsOwnAGatewayWhatIsBehindItAndAnIntegrationReads() throws Exception {
        RawDevice other = device("pump-7");
        put("film", bytes(10));
        String foreign = storageToken(other);
        assertThat(said(other.file(at(camera, "film").GET(), foreign))).startsWith("403 ");
        assertThat(said(other.file(HttpRequest.newBuilder(URI.create(container + "/film")), foreign)))
                .startsWith("403 ")
                .contains("disable_storage_object_prefix");

        String behind = cloud.ask(registry -> registry.devices()
                        .join(camera.endpointId, new io.hawser.iot.registry.Joining("lens", List.of(), Map.of(), true)))
                .id();
        HttpRequest.Builder lens = HttpRequest.newBuilder(URI.create(container + "/" + behind + "/shot"));
        assertThat(camera.file(lens.copy().PUT(BodyPublishers.ofByteArray(bytes(3))), token)
                        .statusCode())
                .isEqualTo(201);
        await().until(() -> !cloud.heard("files/iot:lens/shot").isEmpty());

        RawDevice program = integration("test");
        String reader = storageToken(program);
        assertThat(program.file(at(camera, "film").GET(), reader).body()).isEqualTo(bytes(10));
        assertThat(program.file(lens.copy().GET(), reader).body()).isEqualTo(bytes(3));
        assertThat(said(program.file(at(camera, "film").PUT(BodyPublishers.ofByteArray(bytes(3))), reader)))
                .startsWith("403 ");
        RawDevice stranger = integration("another");
        assertThat(said(stranger.file(at(camera, "film").GET(), storageToken(stranger))))
                .startsWith("403 ");
    }

    @Test
    void aProgramKeepsFilesThatTheDevicesOfItsApplicationReadUntilItIsRevoked() throws Exception {
        RawDevice program = integration("test");
        HttpRequest.Builder recipe = at(program, "recipe");
        assertThat(program.file(recipe.copy().PUT(BodyPublishers.ofByteArray(bytes(7))), storageToken(program))
                        .statusCode())
                .isEqualTo(201);
        await().until(() -> !cloud.heard("files/iot-program:of test/recipe").isEmpty());
        String token = storageToken(camera);
        assertThat(camera.file(recipe.copy().GET(), token).body()).isEqualTo(bytes(7));
        assertThat(said(camera.file(recipe.copy().PUT(BodyPublishers.ofByteArray(bytes(3))), token)))
                .startsWith("403 ");
        RawDevice stranger = integration("another");
        assertThat(said(stranger.file(recipe.copy().GET(), storageToken(stranger))))
                .startsWith("403 ");
        assertThat(said(stranger.file(recipe.copy().PUT(BodyPublishers.ofByteArray(bytes(3))), storageToken(stranger))))
                .startsWith("403 ");
        assertThat(usage()).containsExactly(Map.entry("iot-program:of test", 7L));
        cloud.ask(registry -> registry.integrations().revoke(program.endpointId));
        await().until(() -> usage().isEmpty());
    }

    private RawDevice integration(String application) throws Exception {
        Integration made = cloud.ask(registry -> registry.applications()
                .named(application)
                .map(CompletableFuture::completedFuture)
                .orElseGet(() -> registry.applications().add(application, "", Map.of()))
                .thenCompose(found -> registry.integrations().add(found.id(), "of " + application)));
        RawDevice program = new RawDevice(cloud, "program", made.secret().reveal());
        program.integrate(made.id());
        return program;
    }

    @Test
    void whatIsBeyondALimitIsNotTakenAndLeavesNothing() throws Exception {
        HttpResponse<byte[]> announced = put("film", bytes(6_000_001));
        assertThat(said(announced)).startsWith("413 ").contains("longer than 6000000 bytes");
        assertThat(put("film", bytes(6_000_000)).statusCode()).isEqualTo(201);
        assertThat(put("second", bytes(5_999_999)).statusCode()).isEqualTo(201);
        assertThat(said(put("third", bytes(1_500_000)))).startsWith("413 ").contains("longer than 1000001 bytes");
        assertThat(put("third", bytes(10)).statusCode()).isEqualTo(201);
        assertThat(said(put("fourth", bytes(10)))).startsWith("507 ").contains("hawser.iot.files");
        assertThat(put("third", bytes(20)).statusCode()).isEqualTo(201);
        assertThat(usage()).containsExactly(Map.entry("iot:camera 7", 11_999_999L + 20));
    }

    @Test
    void aNameThatIsNoneIsRefused() throws Exception {
        assertThat(said(put("a//b", bytes(10)))).startsWith("400 ").contains("must not be empty");
        assertThat(said(put("a/%2e%2e/b", bytes(10)))).startsWith("400 ");
        assertThat(said(put("x".repeat(241), bytes(10)))).startsWith("400 ").contains("241 bytes");
        assertThat(said(put("x".repeat(240) + "/" + "%3E".repeat(240) + "/" + "%3E".repeat(60), bytes(10))))
                .startsWith("400 ")
                .contains("a topic of");
        assertThat(said(get("nothing"))).startsWith("404 ").contains("there is no file");
        assertThat(usage()).isEmpty();
    }

    @Test
    void theFilesOfADeviceGoWhenItIsRemovedAndNoSooner() throws Exception {
        put("film", bytes(10));
        put("second", bytes(10));
        cloud.ask(registry -> registry.devices().decommission(camera.endpointId));
        assertThat(usage()).containsExactly(Map.entry("iot:camera 7", 20L));
        cloud.ask(registry -> registry.devices().remove(camera.endpointId));
        await().until(() -> usage().isEmpty());
    }

    @Test
    void anUploadThatBreaksOffLeavesNothingAndHoldsNoPlace() throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Socket begun = begin("film")) {
                await().until(() -> begun.isConnected() && !usage().isEmpty());
            }
            await().until(() -> usage().isEmpty());
        }
        assertThat(get("film").statusCode()).isEqualTo(404);
        await().until(() -> put("film", bytes(10)).statusCode() == 201);
    }

    /** A third of the file {@code name}; the rest does not come. */
    private Socket begin(String name) throws Exception {
        Socket socket = RawDevice.trusting(cloud)
                .getSocketFactory()
                .createSocket("localhost", URI.create(cloud.url()).getPort());
        OutputStream out = socket.getOutputStream();
        out.write(
                ("PUT /iot/storage/" + camera.endpointId + "/" + name + " HTTP/1.1\r\nHost: localhost\r\nX-Auth-Token: "
                                + token + "\r\nContent-Length: 900000\r\n\r\n")
                        .getBytes(UTF_8));
        out.write(new byte[300_000]);
        out.flush();
        return socket;
    }

    @Test
    void asManyFilesMoveAtATimeAsMayAndOthersDoNotWaitForThem() throws Exception {
        try (Socket first = begin("first")) {
            try (Socket second = begin("second")) {
                await().until(() -> usage().getOrDefault("iot:camera 7", 0L) > 500_000);
                HttpResponse<byte[]> third = put("third", bytes(10));
                assertThat(third.statusCode()).isEqualTo(503);
                assertThat(new String(third.body(), UTF_8)).contains("2 files are on their way, the limit");
                assertThat(header(third, "retry-after")).isEqualTo("1");
                assertThat(cloud.count(Counter.FILES_REFUSED)).isEqualTo(1);
                assertThat(second.isClosed()).isFalse();
            }
            await().until(() -> put("third", bytes(10)).statusCode() == 201);
            assertThat(get("third").body()).isEqualTo(bytes(10));
            assertThat(first.isClosed()).isFalse();
        }
    }

    @Test
    void whatCameAnotherWayHasATagTooAndWhatIsDamagedBreaksTheConnection() throws Exception {
        byte[] content = bytes(1_000_000);
        Upload upload = cloud.files()
                .begin(UploadRequest.of(new ObjectName("iot:camera 7", "film")))
                .join();
        for (int from = 0; from < content.length; from += 250_000) {
            upload.write(ByteBuffer.wrap(content, from, 250_000)).join();
        }
        upload.commit().join();
        for (int i = 0; i < 2; i++) {
            HttpResponse<byte[]> whole = get("film");
            assertThat(header(whole, "etag")).isEqualTo(md5(content));
            assertThat(whole.body()).isEqualTo(content);
        }
        put("mine", content);
        try (var files = Files.list(data.resolve("objects"))) {
            for (Path file : files.toList()) {
                byte[] bytes = Files.readAllBytes(file);
                bytes[bytes.length - 1] ^= 1;
                Files.write(file, bytes);
            }
        }
        assertThatThrownBy(() -> get("film")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> get("mine")).isInstanceOf(IOException.class);
        assertThat(get("mine", "Range", "bytes=0-9").body()).hasSize(10);
    }
}
