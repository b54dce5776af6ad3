package io.hawser.verify.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.app.text.JsonText;
import io.hawser.clever.CleverHandlers;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.SubscribeOptions;
import io.hawser.iot.device.DirectlyConnectedDevice;
import io.hawser.iot.storage.StorageObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file of a party of one protocol gets to parties of others, byte by byte. */
@Timeout(60)
class FilesTest {
    private static final int PIECE = 256 << 10;

    private final Path folder;
    private final WholeHub hub;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<EftlMessage> heard = new CopyOnWriteArrayList<>();
    private final byte[] content = new byte[3 * PIECE + 17];

    FilesTest(@TempDir Path folder) {
        this.folder = folder;
        new Random(9).nextBytes(content);
        hub = new WholeHub(folder, reader -> reader);
    }

    @BeforeEach
    void listen() {
        hub.client("page").subscribe(SubscribeOptions.everything(), heard::add).join();
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private HttpResponse<byte[]> api(String method, String path, byte[] body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(hub.hub().adminUrl().orElseThrow() + "/api/v1" + path))
                .header("Authorization", "Bearer " + WholeHub.ADMIN)
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode())
                .as("%s %s: %s", method, path, new String(answer.body(), UTF_8))
                .isEqualTo(200);
        return answer;
    }

    private Fields post(String path, String json) throws IOException, InterruptedException {
        return JsonText.read(new String(api("POST", path, json.getBytes(UTF_8)).body(), UTF_8));
    }

    /** What an answer that goes on said of the ends. */
    private List<Fields> ends(String path, String json) throws IOException, InterruptedException {
        return new String(api("POST", path, json.getBytes(UTF_8)).body(), UTF_8)
                .lines()
                .filter(line -> !line.isEmpty())
                .map(JsonText::read)
                .filter(row -> row.has("done"))
                .toList();
    }

    private Path copter(String id) throws IOException {
        Path own = Files.createDirectory(folder.resolve(id));
        hub.copter(id, new CleverHandlers(), own);
        await().until(() ->
                heard.stream().anyMatch(message -> message.topic().orElse("").equals("clever/" + id + "/state")));
        return own;
    }

    @Test
    void aPictureOfACameraGoesToSomeDrones() throws Exception {
        DirectlyConnectedDevice camera = hub.connected(hub.provisioned("camera-1"));
        camera.activate(WholeHub.URN);
        StorageObject picture = camera.createStorageObject("lobby.png", "image/png");
        picture.setInputPath(Files.write(folder.resolve("picture"), content));
        picture.sync().join();
        Path first = copter("copter-1");
        Path second = copter("copter-2");
        Path other = copter("other");
        List<Fields> ends = ends(
                "/fleet/file",
                "{\"files\":[{\"owner\":\"iot:camera-1\",\"name\":\"lobby.png\",\"path\":\"seen.png\","
                        + "\"copters\":[\"copter-*\"]}]}");
        assertThat(ends).hasSize(2).allMatch(row -> Value.of(true).equals(row.find("done")));
        assertThat(first.resolve("seen.png")).hasBinaryContent(content);
        assertThat(second.resolve("seen.png")).hasBinaryContent(content);
        assertThat(other).isEmptyDirectory();
        assertThat(ends(
                        "/fleet/file",
                        "{\"files\":[{\"owner\":\"iot:camera-1\",\"name\":\"lobby.png\",\"path\":\"again.png\","
                                + "\"copters\":[\"copter-9\"]}]}"))
                .singleElement()
                .matches(row -> Value.of(false).equals(row.find("done")));
    }

    @Test
    void aLogOfADroneIsFetchedAndDownloaded() throws Exception {
        Path own = copter("copter-1");
        Files.createDirectory(own.resolve("logs"));
        Files.write(own.resolve("logs/flight.log"), content);
        assertThat(ends("/fleet/fetch", "{\"path\":\"logs/flight.log\",\"copters\":[\"copter-1\"]}"))
                .singleElement()
                .matches(row -> Value.of(true).equals(row.find("done")));
        await().until(() -> heard.stream()
                .anyMatch(message -> message.topic().orElse("").equals("files/clever:copter-1/logs/flight.log")
                        && message.fields().string("sha256").isPresent()));
        HttpResponse<byte[]> taken = api("GET", "/files/clever:copter-1/logs/flight.log", new byte[0]);
        assertThat(taken.body()).isEqualTo(content);
        assertThat(taken.headers().firstValue("ETag").orElse("")).contains(sha256(content));
        assertThat(ends("/fleet/fetch", "{\"path\":\"logs/none.log\",\"copters\":[\"copter-1\"]}"))
                .singleElement()
                .matches(row -> Value.of(false).equals(row.find("done")));
    }

    @Test
    void aDeviceTakesWhatAPageUploaded() throws Exception {
        DirectlyConnectedDevice device = hub.connected(hub.provisioned("pump-1"));
        device.activate(WholeHub.URN);
        String upload = post(
                        "/uploads",
                        "{\"size\":" + content.length + ",\"owner\":\"iot:pump-1\",\"name\":\"manual.pdf\"}")
                .string("upload")
                .orElseThrow();
        for (int from = 0; from < content.length; from += PIECE) {
            byte[] piece = Arrays.copyOfRange(content, from, Math.min(content.length, from + PIECE));
            api("POST", "/uploads/" + upload + "?offset=" + from, piece);
        }
        assertThat(post("/uploads/" + upload + "/commit", "{\"sha256\":\"" + sha256(content) + "\"}")
                        .get("size"))
                .contains(Value.of(content.length));
        URI uri = URI.create(hub.hub().iotUrl().orElseThrow().replace("127.0.0.1", "localhost") + "/iot/storage/"
                + device.getEndpointId() + "/manual.pdf");
        StorageObject manual = device.createStorageObject(uri);
        manual.setOutputPath(folder.resolve("taken.pdf"));
        manual.sync().join();
        assertThat(folder.resolve("taken.pdf")).hasBinaryContent(content);
    }
}
