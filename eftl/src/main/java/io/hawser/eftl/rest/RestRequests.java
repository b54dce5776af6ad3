package io.hawser.eftl.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.count.Counter;
import io.hawser.core.message.Ending;
import io.hawser.core.message.Message;
import io.hawser.core.message.ReplyTo;
import io.hawser.core.request.Requests;
import io.hawser.core.route.Bus;
import io.hawser.eftl.gateway.channel.EftlClient;
import io.hawser.eftl.gateway.channel.EventTail;
import io.hawser.eftl.wire.EftlError;
import io.hawser.eftl.wire.ProtocolException;
import io.hawser.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The requests of callers that wait for their reply. Callable from any thread. */
final class RestRequests {
    private static final String USUAL_SECONDS = "10";
    private static final long NUMBER = 1;

    private final Bus bus;
    private final RestLimits limits;
    private final Supplier<String> secret;
    private final AtomicInteger count = new AtomicInteger();

    /** What a caller's body becomes. */
    interface Asking {
        /** The message, which wants to be answered at {@code address}. */
        Message message(ReplyTo address) throws ProtocolException;
    }

    /** Requests on {@code bus}; {@code secret} is something else each time, that nobody can guess. */
    RestRequests(Bus bus, RestLimits limits, Supplier<String> secret) {
        this.bus = bus;
        this.limits = limits;
        this.secret = secret;
    }

    /** Asks what {@code asking} says in the name of who calls, and answers {@code call} with what that becomes. */
    void ask(RestCall call, Asking asking) throws ProtocolException {
        Duration patience = patience(call);
        EftlClient caller = call.caller();
        Requests requests = new Requests(
                bus,
                call.loop(),
                (delay, task) -> call.loop().schedule(delay, task)::cancel,
                patience,
                caller.id(),
                caller.principal(),
                Requests.INBOX + secret.get());
        Message message = asking.message(requests.address(NUMBER, Optional.empty()));
        if (count.incrementAndGet() > limits.maxPolls()) {
            count.decrementAndGet();
            bus.counters().add(Counter.POLLS_REFUSED);
            throw new RefusedException(
                    503, EftlError.REQUEST_FAILED, limits.maxPolls() + " requests wait already; try again later");
        }
        Waiting waiting = new Waiting(call, requests);
        call.whenGone(waiting::end);
        requests.request(NUMBER, message, asked -> bus.router().publish(caller.principal(), asked), waiting);
    }

    private Duration patience(RestCall call) {
        String timeout = call.query("timeout").orElse(USUAL_SECONDS);
        if (!timeout.matches("\\d{1,9}(\\.\\d{1,3})?")) {
            throw call.invalid("timeout must be a number of seconds, such as 30 or 0.5");
        }
        Duration wanted = Duration.ofMillis(Math.round(Double.parseDouble(timeout) * 1_000));
        return wanted.compareTo(limits.longestPoll()) < 0 ? wanted : limits.longestPoll();
    }

    /** One request. Owner: the call's loop. */
    private final class Waiting implements Requests.Outcome {
        private final RestCall call;
        private final Requests requests;
        private boolean ended;

        Waiting(RestCall call, Requests requests) {
            this.call = call;
            this.requests = requests;
        }

        @Override
        public void answered(Message reply) {
            String body = new String(EventTail.body(reply).json(), UTF_8);
            call.answer(HttpResponse.json(200, "{\"reply\":" + body + "}\n"));
            end();
        }

        @Override
        public void failed(Ending ending, String reason) {
            call.fail(refusal(ending, reason));
            end();
        }

        void end() {
            if (!ended) {
                ended = true;
                count.decrementAndGet();
                requests.end();
            }
        }
    }

    private static RefusedException refusal(Ending ending, String reason) {
        return switch (ending) {
            case DENIED -> new RefusedException(403, EftlError.REQUEST_DISALLOWED, reason);
            case REFUSED -> new RefusedException(400, EftlError.REQUEST_FAILED, reason);
            case EXPIRED -> new RefusedException(504, EftlError.REQUEST_TIMEOUT, reason);
            case ABSENT -> new RefusedException(404, EftlError.REQUEST_UNHEARD, reason);
            case DONE, FAILED -> new RefusedException(502, EftlError.REQUEST_FAILED, reason);
        };
    }
}
