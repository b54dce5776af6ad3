package io.hawser.iot.dispatch.request;

import io.hawser.net.Loop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where requests wait for their handlers and are handed to them. For a settle time after the start, one that nobody answers yet
 * is parked until somebody does, and so is one that its handler knows nothing of: 404 ({@code specs/iot.md} 3.3). Owner: a loop;
 * handlers run elsewhere.
 */
public final class RequestDesk {
    /** Requests that are parked at most; the next is answered 404 at once. */
    static final int MAX_PARKED = 100;

    private static final Logger LOG = LoggerFactory.getLogger(RequestDesk.class);
    private static final int INTERNAL_ERROR = 500;
    private static final int NOT_FOUND = 404;

    private final RequestDispatcher dispatcher;
    private final Loop loop;
    private final Executor handlers;
    private final Answers answers;
    private final List<Parked> parked = new ArrayList<>();
    private boolean settled;

    private record Parked(Incoming request, boolean handed) {}

    /** Hears what becomes of requests, on the loop. */
    public interface Answers {
        /** {@code request} goes to a handler, or is answered: said once, before the answer. */
        void handed(Incoming request);

        /** {@code answer} is the one to {@code request}. */
        void answered(Incoming request, Answer answer);
    }

    /** A desk for {@code dispatcher}'s handlers, which run on {@code handlers}. */
    public RequestDesk(RequestDispatcher dispatcher, Loop loop, Executor handlers, Answers answers) {
        this.dispatcher = dispatcher;
        this.loop = loop;
        this.handlers = handlers;
        this.answers = answers;
    }

    /** Begins the settle time. On the loop. */
    public void start(Duration settleTime) {
        dispatcher.watch(() -> loop.execute(this::tryAgain));
        loop.schedule(settleTime, this::settle);
    }

    /** Has {@code request} answered. On the loop. */
    public void take(Incoming request) {
        take(new Parked(request, false));
    }

    private void take(Parked waiting) {
        Incoming request = waiting.request();
        String url = request.request().url();
        Optional<RequestHandler> handler =
                dispatcher.handler(request.request().head().destination(), url);
        if (handler.isEmpty() && !settled && parked.size() < MAX_PARKED) {
            parked.add(waiting);
            return;
        }
        if (!waiting.handed()) {
            answers.handed(request);
        }
        if (handler.isPresent()) {
            hand(request, handler.get());
        } else {
            answers.answered(request, Answer.text(NOT_FOUND, "nobody answers " + url));
        }
    }

    private void settle() {
        settled = true;
        tryAgain();
    }

    private void tryAgain() {
        List<Parked> again = List.copyOf(parked);
        parked.clear();
        again.forEach(this::take);
    }

    private void hand(Incoming request, RequestHandler handler) {
        try {
            handlers.execute(() -> {
                Answer answer = ask(request, handler);
                loop.execute(() -> answered(request, answer));
            });
        } catch (RejectedExecutionException ended) {
            answers.answered(request, Answer.text(INTERNAL_ERROR, "the device is being closed"));
        }
    }

    private void answered(Incoming request, Answer answer) {
        if (answer.status() == NOT_FOUND && !settled && parked.size() < MAX_PARKED) {
            parked.add(new Parked(request, true));
        } else {
            answers.answered(request, answer);
        }
    }

    private static Answer ask(Incoming incoming, RequestHandler handler) {
        String url = incoming.request().url();
        try {
            // Programs may be compiled without null checks; the original takes null for 500.
            return Optional.ofNullable(handler.handle(incoming.request()))
                    .orElseGet(() -> Answer.text(INTERNAL_ERROR, "the handler of " + url + " gave no answer"));
        } catch (Exception | Error failure) {
            LOG.warn("the handler of {} failed", url, failure);
            return Answer.text(
                    INTERNAL_ERROR, Optional.ofNullable(failure.getMessage()).orElseGet(failure::toString));
        }
    }
}
