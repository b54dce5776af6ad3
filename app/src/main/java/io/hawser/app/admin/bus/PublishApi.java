package io.hawser.app.admin.bus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.app.admin.Answers;
import io.hawser.app.admin.Question;
import io.hawser.app.admin.Rejection;
import io.hawser.core.message.Headers;
import io.hawser.core.message.Message;
import io.hawser.core.message.Source;
import io.hawser.core.message.Topic;
import io.hawser.core.route.Bus;
import io.hawser.core.route.Receipt;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.net.http.Route;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Says something on the open bus, if rules let whoever asks publish there. It comes from {@code admin:} and who asked.
 *
 * <pre>
 *   POST /publish {"topic":"robot/7/stop","fields":{"hard":true}}, or "text" for fields
 *        -> {"topic":"robot/7/stop","receivers":3,"stored":false}: answered when durables that want it have it
 * </pre>
 */
public final class PublishApi {
    /** The most bytes of a question. */
    static final int LONGEST = 1 << 20;

    /** What messages come from that are said here. */
    private static final String PROTOCOL = "admin";

    private final Answers answers;
    private final Bus bus;

    /** On {@code bus}. */
    public PublishApi(Answers answers, Bus bus) {
        this.answers = answers;
        this.bus = bus;
    }

    /** What can be asked. */
    public List<Route> routes() {
        return List.of(answers.post("/publish", this::publish));
    }

    private CompletableFuture<Fields> publish(Question question) {
        int weight = question.text().getBytes(UTF_8).length;
        if (weight > LONGEST) {
            throw Rejection.wrong("a message that is said here may have " + LONGEST + " bytes, this one has " + weight
                    + "; connect a client to say it");
        }
        String who = question.visitor().name();
        Headers headers =
                new Headers(new Source(PROTOCOL, who, PROTOCOL), bus.clock().millis(), Optional.empty());
        Message message = message(question.body(), headers, weight);
        Receipt receipt = bus.router().publish(question.visitor().principal(), message);
        if (receipt instanceof Receipt.Refused refused) {
            throw Rejection.denied(refused.reason());
        }
        if (receipt instanceof Receipt.Storing storing) {
            return answers.then(storing.stored(), id -> row(message, receipt, true));
        }
        return CompletableFuture.completedFuture(row(message, receipt, false));
    }

    private static Message message(Fields said, Headers headers, int weight) {
        Topic topic;
        try {
            topic = new Topic(said.string("topic").orElse(""));
        } catch (IllegalArgumentException wrong) {
            throw Rejection.wrong("'topic' must say where: " + wrong.getMessage());
        }
        Message.Builder message = Message.builder(topic, headers).weight(weight);
        Optional<String> text = said.string("text");
        if (said.find("fields") instanceof Value.Nested nested && text.isEmpty()) {
            return message.fields(nested.fields());
        }
        if (text.isPresent() && !said.has("fields")) {
            return message.text(text.get()).fields(Message.textFields(text.get()));
        }
        throw Rejection.wrong("say either 'fields', an object, or 'text'");
    }

    private static Fields row(Message message, Receipt receipt, boolean stored) {
        return Fields.builder()
                .put("topic", message.topic().text())
                .put("receivers", receipt.receivers())
                .put("stored", Value.Bool.of(stored))
                .build();
    }
}
