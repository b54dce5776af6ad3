package io.hawser.app.command;

import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.text.JsonText;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.SubscribeOptions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Several answers to one question. A request of a hub ends with its first answer; so this is a publication whose field
 * {@value #FIELD} names a topic of its own, and everybody may publish there.
 */
final class Replies {
    /** Names the topic for the answers. */
    static final String FIELD = "reply_to";

    private static final String TOPICS = "replies/";
    private static final int SECRET = 16;

    private final String inbox;
    private final int most;
    private final Predicate<Fields> print;
    private final AtomicInteger heard = new AtomicInteger();

    /**
     * No answers yet.
     *
     * @param most how many are waited for; 0: as many as come
     * @param print prints one; false if that cannot be
     */
    Replies(int most, Predicate<Fields> print) {
        byte[] secret = new byte[SECRET];
        new SecureRandom().nextBytes(secret);
        this.inbox = TOPICS + HexFormat.of().formatHex(secret);
        this.most = most;
        this.print = print;
    }

    /** Asks on {@code topic}, and prints what comes within {@code patience}. */
    void collect(HubLink link, Terminal terminal, String topic, Fields question, Duration patience) {
        Fields asked = question.toBuilder().put(FIELD, inbox).build();
        String matcher = JsonText.write(Fields.of("_dest", Value.of(inbox)));
        try (Visit visit = new Visit(link, terminal)) {
            HubLink.answer(visit.connection()
                    .subscribe(
                            SubscribeOptions.matching(matcher),
                            reply -> take(
                                    visit,
                                    HubMessage.event(1, reply, terminal.clock()).fields())));
            int receivers = HubLink.answer(visit.connection().publish(HubMessage.addressed(topic, asked)));
            if (receivers == 0) {
                throw new Failure(Exit.TIMEOUT, "nobody is there who could reply");
            }
            visit.await(patience);
        }
        if (heard.get() == 0) {
            throw new Failure(Exit.TIMEOUT, "no reply came within " + patience.toMillis() / 1000.0 + " s");
        }
        if (heard.get() < most) {
            link.say(terminal, heard + " of " + most + " replies came within " + patience.toMillis() / 1000.0 + " s");
        }
    }

    private void take(Visit visit, Fields reply) {
        if (most > 0 && heard.get() == most) {
            return;
        }
        heard.incrementAndGet();
        if (!print.test(reply)) {
            visit.fail(new Failure(Exit.FAILED, "the answer cannot be printed"));
        } else if (heard.get() == most) {
            visit.enough();
        }
    }

    /** True if somebody waits for what is said about {@code message}. */
    static boolean areWanted(EftlMessage message) {
        return message.isRequest() || inbox(message).isPresent();
    }

    /** Says {@code reply} to whom {@code message} came from; completes when the hub has it. */
    static CompletableFuture<?> send(EftlConnection connection, EftlMessage message, EftlMessage reply) {
        return message.isRequest()
                ? connection.sendReply(message, reply)
                : connection.publish(HubMessage.addressed(inbox(message).orElseThrow(), reply.fields()));
    }

    private static Optional<String> inbox(EftlMessage message) {
        return message.fields().string(FIELD).filter(topic -> topic.startsWith(TOPICS));
    }
}
