package io.hawser.iot.enterprise;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.link.HttpsLink;
import io.hawser.iot.wire.DevicePath;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.ProtocolException;
import io.hawser.iot.wire.operator.Filter;
import io.hawser.iot.wire.operator.Page;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The server as a program of one application sees it. Callable from any thread; futures as those of the link. Which application it is is
 * asked once.
 */
final class Server {
    private final HttpsLink link;
    private final String integration;
    private volatile Optional<Application> known = Optional.empty();

    Server(HttpsLink link, String integration) {
        this.link = link;
        this.integration = integration;
    }

    /** The program's application. */
    CompletableFuture<Application> application() {
        if (known.isPresent()) {
            return CompletableFuture.completedFuture(known.get());
        }
        String query = query(Filter.equal("integrations.id", integration));
        return link.fetch("apps?" + query, answer -> {
            List<Fields> found = Page.read(answer).items();
            if (found.size() != 1) {
                throw ProtocolException.of(
                        "the integration " + integration + " should have one application, and has " + found.size());
            }
            Application application = Application.read(found.get(0));
            known = Optional.of(application);
            return application;
        });
    }

    /** What is at {@code path} of the application. */
    <T> CompletableFuture<T> fetch(String path, HttpsLink.Reading<T> reading) {
        return below(path).thenCompose(whole -> link.fetch(whole, reading));
    }

    /** What is said at {@code path} of the application to {@code question}. */
    <T> CompletableFuture<T> fetch(String path, Fields question, HttpsLink.Reading<T> reading) {
        return below(path).thenCompose(whole -> link.fetch(whole, question, reading));
    }

    /** Orders {@code wish} at {@code path} of the application. */
    <T> CompletableFuture<T> order(String method, String path, Fields wish, HttpsLink.Reading<T> reading) {
        return below(path).thenCompose(whole -> link.order(method, whole, wish, reading));
    }

    /** How far the request {@code id} is. */
    <T> CompletableFuture<T> request(String id, HttpsLink.Reading<T> reading) {
        return link.fetch("requests/" + DevicePath.encode(id), reading);
    }

    private CompletableFuture<String> below(String path) {
        return application().thenApply(application -> "apps/" + DevicePath.encode(application.id()) + "/" + path);
    }

    /** The parameter {@code q}. */
    static String query(Filter filter) {
        return "q=" + URLEncoder.encode(Json.text(new Value.Nested(filter.fields())), StandardCharsets.UTF_8);
    }
}
