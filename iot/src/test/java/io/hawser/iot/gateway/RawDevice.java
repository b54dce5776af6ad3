package io.hawser.iot.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.wire.ActivationAnswer;
import io.hawser.iot.wire.Assertion;
import io.hawser.iot.wire.DirectActivation;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.ProtocolException;
import io.hawser.iot.wire.TokenAnswer;
import io.hawser.iot.wire.TokenRequest;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A device that says each byte itself, by the JDK's HTTP client. */
final class RawDevice {
    private static final Json JSON = new Json(IotLimits.DEFAULT);

    private final Cloud cloud;
    private final HttpClient http;
    private final String hardwareId;
    private final byte[] secret;
    private final KeyPair keys;
    String endpointId = "";
    private String authorization = "";

    RawDevice(Cloud cloud, String hardwareId, String secret) throws Exception {
        this.cloud = cloud;
        this.hardwareId = hardwareId;
        this.secret = secret.getBytes(UTF_8);
        this.http = HttpClient.newBuilder().sslContext(trusting(cloud)).build();
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        this.keys = generator.generateKeyPair();
    }

    static SSLContext trusting(Cloud cloud) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(cloud.trust())) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** Activates itself with {@code models}, and gets a token. */
    void activate(String... models) throws Exception {
        endpointId = ActivationAnswer.of(ok(activation(models))).endpointId();
        login();
    }

    /** What the hub answers when it wants to activate itself. */
    HttpResponse<String> activation(String... models) throws Exception {
        takeToken(newcomer());
        ok(get("/iot/api/v2/activation/policy?OSName=Linux&OSVersion=6"));
        DirectActivation wish = DirectActivation.sign(List.of(models), hardwareId, keys, secret);
        return post("/iot/api/v2/activation/direct?createDraft=false", Json.write(wish.fields()));
    }

    /** Asks for a token of an activated device. */
    void login() throws Exception {
        takeToken(member());
    }

    /** Asks for a token of the integration {@code id}, whose secret this was made with. */
    void integrate(String id) throws Exception {
        endpointId = id;
        String assertion = Assertion.sign(id, Instant.now().plusSeconds(900), secret);
        takeToken(post("/iot/api/v2/oauth2/token", new TokenRequest(assertion, false).write()));
    }

    /** Shows a user and its password from now on. */
    void show(String user, String password) {
        String pair = user + ":" + password;
        authorization = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    }

    HttpResponse<String> newcomer() throws Exception {
        String assertion = Assertion.sign(hardwareId, Instant.now().plusSeconds(900), secret);
        return post("/iot/api/v2/oauth2/token", new TokenRequest(assertion, true).write());
    }

    HttpResponse<String> member() throws Exception {
        String assertion = Assertion.sign(endpointId, Instant.now().plusSeconds(900), keys.getPrivate());
        return post("/iot/api/v2/oauth2/token", new TokenRequest(assertion, false).write());
    }

    private void takeToken(HttpResponse<String> answer) throws ProtocolException {
        authorization = "Bearer " + TokenAnswer.of(ok(answer)).token();
    }

    static Fields ok(HttpResponse<String> answer) throws ProtocolException {
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return JSON.object(answer.body().getBytes(UTF_8));
    }

    static List<Value> list(HttpResponse<String> answer) throws ProtocolException {
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return ((Value.Sequence) JSON.read(answer.body().getBytes(UTF_8))).values();
    }

    HttpResponse<String> get(String path) throws Exception {
        return http.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path, String header, String value) throws Exception {
        return http.send(request(path).header(header, value).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return post(path, body.getBytes(UTF_8));
    }

    HttpResponse<String> post(String path, byte[] body) throws Exception {
        return http.send(
                request(path).POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> send(String method, String path, String body) throws Exception {
        return http.send(
                request(path)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Polls as the original Java library does: without body, for as long as the hub lets it. */
    CompletableFuture<HttpResponse<String>> poll(int acceptBytes) {
        return http.sendAsync(
                request("/iot/api/v2/messages?acceptBytes=" + acceptBytes + "&iot.sync")
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Sends {@code request} about a file, with what {@code GET /provisioner/storage} gave. */
    HttpResponse<byte[]> file(HttpRequest.Builder request, String storageToken) throws Exception {
        return http.send(
                request.version(HttpClient.Version.HTTP_1_1)
                        .timeout(Duration.ofSeconds(20))
                        .header("X-Auth-Token", storageToken)
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(cloud.url() + path))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(Duration.ofSeconds(20))
                .header("Accept", "application/json")
                .header("Content-Type", "application/json");
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return request;
    }
}
