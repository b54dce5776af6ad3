package io.hawser.iot.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.value.Fields;
import io.hawser.iot.wire.ActivationAnswer;
import io.hawser.iot.wire.ActivationPolicy;
import io.hawser.iot.wire.DevicePath;
import io.hawser.iot.wire.DirectActivation;
import io.hawser.iot.wire.IndirectActivation;
import io.hawser.iot.wire.IotCodec;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.IotMessage;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.ProtocolException;
import io.hawser.net.Loop;
import io.hawser.net.http.HttpCall;
import io.hawser.net.http.HttpResponse;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one device, or of one operator's program, to its server, by HTTPS ({@code specs/iot.md} 1): whom it trusts and who it is comes from its provisioning
 * file; it gets its tokens itself, and sets its clock by the server's. Every method may be called from any thread and returns at
 * once; futures complete on the loop, fail with a {@link LinkException}, and end their call when they are cancelled.
 */
public final class HttpsLink implements MessageLink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpsLink.class);
    private static final String JSON_TYPE = "application/json";
    private static final String API = "/iot/api/v2/";
    private static final String PRIVATE_API = "/iot/privateapi/v2/";
    private static final HttpResponse NOTHING = HttpResponse.of(200, JSON_TYPE, "[]".getBytes(UTF_8));

    private final URI server;
    private final TrustedAssets assets;
    private final LinkSettings settings;
    private final ServerClock clock;
    private final Loop loop;
    private final Https https;
    private final TokenBook tokens;
    private final Json json = new Json(IotLimits.DEFAULT);
    private final IotCodec codec = new IotCodec(IotLimits.DEFAULT);

    /**
     * A way for {@code assets}; nothing is said on it yet.
     *
     * @param signers where signatures are made, which take time
     * @throws AssetsException if the file names no server, or nobody who can be trusted
     */
    public HttpsLink(TrustedAssets assets, LinkSettings settings, ServerClock clock, Loop loop, Executor signers)
            throws AssetsException {
        this.server = assets.server();
        this.assets = assets;
        this.settings = settings;
        this.clock = clock;
        this.loop = loop;
        this.https = new Https(loop, assets.trust(), settings.answerTimeout());
        this.tokens = new TokenBook(https, at(API + "oauth2/token"), assets, clock, loop, signers);
    }

    @Override
    public CompletableFuture<List<IotMessage.Request>> post(List<IotMessage> messages, int acceptBytes) {
        HttpCall call = call("POST", "messages?acceptBytes=" + acceptBytes).with(JSON_TYPE, codec.write(messages));
        return ask(call.repeatable(), answer -> requests(success(call, answer)));
    }

    @Override
    public CompletableFuture<List<IotMessage.Request>> poll(int acceptBytes, boolean wait) {
        HttpCall call = call("POST", "messages?acceptBytes=" + acceptBytes + (wait ? "&iot.sync" : ""))
                .repeatable();
        return wait ? wait(call, settings.pollTimeout()) : ask(call, answer -> requests(success(call, answer)));
    }

    /**
     * Asks for requests, and waits for one no longer than {@code limit}, of which the server is told whole seconds.
     *
     * @param acceptBytes how many bytes of them may come
     */
    public CompletableFuture<List<IotMessage.Request>> poll(int acceptBytes, Duration limit) {
        String path = "messages?acceptBytes=" + acceptBytes + "&iot.sync&iot.timeout=" + Math.max(1, limit.toSeconds());
        return wait(call("POST", path).repeatable(), limit.plus(settings.pollOffset()));
    }

    private CompletableFuture<List<IotMessage.Request>> wait(HttpCall call, Duration limit) {
        return new AuthorizedCall<>(
                        tokens,
                        settings.tokenRetries(),
                        said -> https.send(said, limit, Optional.of(NOTHING)),
                        answer -> requests(success(call, answer)))
                .make(call, loop);
    }

    /** What keys the server wants of us. */
    public CompletableFuture<ActivationPolicy> activationPolicy() {
        String system = "OSName=" + property("os.name") + "&OSVersion=" + property("os.version");
        HttpCall call = call("GET", "activation/policy?" + system);
        return ask(
                call,
                answer -> ActivationPolicy.of(json.object(success(call, answer).body())));
    }

    /** Asks to be activated. What becomes of the answer is the caller's; see {@link #renewed}. */
    public CompletableFuture<ActivationAnswer> activate(DirectActivation wish) {
        return activate("activation/direct", wish.fields());
    }

    /** Asks that a device behind us is activated. */
    public CompletableFuture<ActivationAnswer> activate(IndirectActivation wish) {
        return activate("activation/indirect/device", wish.fields());
    }

    private CompletableFuture<ActivationAnswer> activate(String path, Fields wish) {
        HttpCall call = call("POST", path + (settings.drafts() ? "" : "?createDraft=false"))
                .with(JSON_TYPE, Json.write(wish));
        return ask(call, answer -> {
            ActivationAnswer said =
                    ActivationAnswer.of(json.object(success(call, answer).body()));
            if (!said.activated()) {
                throw LinkException.answered(
                        LinkException.Kind.REFUSED, answer.status(), call + ": the endpoint is " + said.state());
            }
            return said;
        });
    }

    /** The provisioning file says otherwise now who we are: the next call gets a new token. Completes when that is so. */
    public CompletableFuture<Void> renewed() {
        return CompletableFuture.runAsync(tokens::drop, loop);
    }

    /** The model {@code urn} as the server has it; nothing if it has none. */
    public CompletableFuture<Optional<byte[]>> model(String urn) {
        return find(call("GET", DevicePath.MODELS + "/" + DevicePath.encode(urn) + "?expand=formats"));
    }

    /**
     * What is at {@code path} of the private API, where policies are; nothing if there is none.
     *
     * @param path without leading slash, encoded, query included
     */
    public CompletableFuture<Optional<byte[]>> privately(String path) {
        return find(headed(HttpCall.get(at(PRIVATE_API + path)), path));
    }

    /** What is at {@code path} of the API; nothing if there is none. As {@link #privately}. */
    public CompletableFuture<Optional<byte[]>> publicly(String path) {
        return find(call("GET", path));
    }

    /** What an answer says. */
    @FunctionalInterface
    public interface Reading<T> {
        /** Reads the members of the answer. */
        T of(Fields answer) throws ProtocolException;
    }

    /** What the server says at {@code path} of the API; it fails with a {@link LinkException} of status 404 if there is nothing. */
    public <T> CompletableFuture<T> fetch(String path, Reading<T> reading) {
        return fetch(call("GET", path), reading);
    }

    /** What the server says at {@code path} to {@code question}, which changes nothing there. */
    public <T> CompletableFuture<T> fetch(String path, Fields question, Reading<T> reading) {
        return fetch(call("POST", path).with(JSON_TYPE, Json.write(question)).repeatable(), reading);
    }

    /**
     * Tells the server at {@code path} what shall be so, and completes with what it says to that. PATCH is tunnelled ({@code
     * specs/iot.md} 1.1).
     */
    public <T> CompletableFuture<T> order(String method, String path, Fields wish, Reading<T> reading) {
        HttpCall call =
                method.equals("PATCH") ? call("POST", path).with("X-HTTP-Method-Override", method) : call(method, path);
        return fetch(call.with(JSON_TYPE, Json.write(wish)), reading);
    }

    private <T> CompletableFuture<T> fetch(HttpCall call, Reading<T> reading) {
        return ask(call, answer -> reading.of(json.object(success(call, answer).body())));
    }

    private CompletableFuture<Optional<byte[]>> find(HttpCall call) {
        return ask(
                call,
                answer -> answer.status() == 404
                        ? Optional.empty()
                        : Optional.of(success(call, answer).body()));
    }

    private <T> CompletableFuture<T> ask(HttpCall call, AuthorizedCall.Reader<T> reader) {
        return new AuthorizedCall<>(tokens, settings.tokenRetries(), https::send, reader).make(call, loop);
    }

    private HttpResponse success(HttpCall call, HttpResponse answer) throws LinkException {
        if (!Verdict.isSuccess(answer)) {
            throw new Verdict(clock).failure(call, answer);
        }
        return answer;
    }

    private List<IotMessage.Request> requests(HttpResponse answer) throws ProtocolException {
        Optional<String> least = answer.header("X-min-acceptBytes");
        if (least.isPresent()) {
            LOG.warn(
                    "iot[{}] a request of {} bytes waits at the server, more than may come; see request_buffer_size",
                    assets.id(),
                    least.get());
            return List.of();
        }
        return codec.read(answer.body()).stream()
                .filter(IotMessage.Request.class::isInstance)
                .map(IotMessage.Request.class::cast)
                .toList();
    }

    private HttpCall call(String method, String path) {
        return headed(HttpCall.of(method, at(API + path)), path);
    }

    private HttpCall headed(HttpCall call, String path) {
        boolean newcomer = path.startsWith("activation/") && !assets.isActivated();
        return call.with("Accept", JSON_TYPE)
                .with("Content-Type", JSON_TYPE)
                .with(newcomer ? "X-ActivationId" : "X-EndpointId", assets.id());
    }

    private URI at(String path) {
        return URI.create(server + path);
    }

    private static String property(String name) {
        return URLEncoder.encode(System.getProperty(name, "unknown"), UTF_8);
    }

    /** Ends all calls; those that come later fail. */
    @Override
    public void close() {
        https.close();
    }
}
