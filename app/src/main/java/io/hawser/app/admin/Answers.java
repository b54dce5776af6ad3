package io.hawser.app.admin;

import io.hawser.app.text.JsonText;
import io.hawser.core.event.EventCode;
import io.hawser.core.store.StoreException;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.net.http.HttpExchange;
import io.hawser.net.http.HttpHandler;
import io.hawser.net.http.HttpResponse;
import io.hawser.net.http.Route;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes routes of what a hub can be asked. Everything is worked out, and written as JSON, on one executor and never on an
 * event loop, so that a hub which is asked for much goes on delivering. Callable from any thread.
 */
public final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final int PAGE = 100;
    private static final int LARGEST_PAGE = 1000;
    /** The longest value that somebody can set here. */
    static final int LONGEST_BODY = 64 << 20;

    private final Executor thread;

    /** Works on {@code thread}, one after the other. */
    public Answers(Executor thread) {
        this.thread = thread;
    }

    /** What is done for one question; called on the executor, and throws a {@link Rejection} if it makes no sense. */
    public interface Work {
        /** Completes, on any thread, with what is answered. */
        CompletableFuture<Fields> on(Question question);
    }

    /** What {@code work} makes of what {@code asked} completes with: worked out here, not where that completes. */
    public <T, R> CompletableFuture<R> then(CompletableFuture<T> asked, Function<? super T, R> work) {
        return asked.thenApplyAsync(work, thread);
    }

    Executor thread() {
        return thread;
    }

    /** Answers {@code GET}. */
    public Route get(String pattern, Work work) {
        return Route.get(pattern, handler(work));
    }

    /** Answers {@code DELETE}. */
    public Route delete(String pattern, Work work) {
        return new Route("DELETE", pattern, handler(work));
    }

    /** Answers {@code POST} with its body. */
    public Route post(String pattern, Work work) {
        return Route.post(pattern, exchange -> exchange.wholeBody(LONGEST_BODY, body -> answer(exchange, body, work)));
    }

    /** Answers {@code POST} with its body, at most {@code most} bytes of any kind. */
    public Route postBytes(String pattern, int most, BiFunction<Question, byte[], CompletableFuture<Fields>> work) {
        return Route.post(
                pattern,
                exchange -> exchange.wholeBody(
                        most, body -> answer(exchange, new byte[0], question -> work.apply(question, body))));
    }

    /**
     * Lists things, page by page: {@code ?offset=0&limit=100}.
     *
     * @param things all of them, in an order that stays
     * @param rows what is told of those of one page
     */
    public <T> Route list(
            String pattern,
            Supplier<CompletableFuture<List<T>>> things,
            Function<List<T>, CompletableFuture<List<Fields>>> rows) {
        return get(pattern, question -> {
            int offset = question.number("offset", 0, 0, Integer.MAX_VALUE);
            int limit = limit(question);
            return things.get()
                    .thenComposeAsync(
                            all -> {
                                int start = Math.min(offset, all.size());
                                List<T> page = all.subList(start, Math.min(start + limit, all.size()));
                                return rows.apply(page).thenApply(items -> Fields.builder()
                                        .put("total", all.size())
                                        .put("offset", offset)
                                        .put("items", sequence(items))
                                        .build());
                            },
                            thread);
        });
    }

    /** The same for things that are told without asking anybody. */
    public <T> Route listNow(String pattern, Supplier<List<T>> things, Function<T, Fields> row) {
        return list(
                pattern,
                () -> CompletableFuture.completedFuture(things.get()),
                page -> CompletableFuture.completedFuture(page.stream().map(row).toList()));
    }

    /** One page of {@code all}, as {@link #list} answers. */
    public static <T> Fields page(Question question, List<T> all, Function<T, Fields> row) {
        int offset = question.number("offset", 0, 0, Integer.MAX_VALUE);
        int start = Math.min(offset, all.size());
        List<T> page = all.subList(start, Math.min(start + limit(question), all.size()));
        return Fields.builder()
                .put("total", all.size())
                .put("offset", offset)
                .put("items", sequence(page.stream().map(row).toList()))
                .build();
    }

    /** How many rows a page may have. */
    public static int limit(Question question) {
        return question.number("limit", PAGE, 1, LARGEST_PAGE);
    }

    /** Rows as a value. */
    public static Value.Sequence sequence(List<Fields> rows) {
        return new Value.Sequence(rows.stream().<Value>map(Value.Nested::new).toList());
    }

    HttpHandler handler(Work work) {
        return exchange -> answer(exchange, new byte[0], work);
    }

    private void answer(HttpExchange exchange, byte[] body, Work work) {
        thread.execute(() -> {
            CompletableFuture<Fields> said;
            try {
                said = work.on(new Question(exchange, body));
            } catch (RuntimeException failure) {
                said = CompletableFuture.failedFuture(failure);
            }
            said.handleAsync(
                            (fields, failure) -> failure == null
                                    ? HttpResponse.json(200, JsonText.write(fields))
                                    : refusal(exchange, failure),
                            thread)
                    .thenAcceptAsync(exchange::answer, exchange.loop());
        });
    }

    /** What somebody hears whose question could not be answered. */
    static HttpResponse refusal(HttpExchange exchange, Throwable failure) {
        Throwable why =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (why instanceof Rejection rejection) {
            return HttpResponse.error(rejection.status(), String.valueOf(rejection.getMessage()));
        }
        if (why instanceof StoreException refused) {
            return HttpResponse.error(409, String.valueOf(refused.getMessage()));
        }
        LOG.error(
                "admin {} {} failed",
                exchange.request().method(),
                exchange.request().path(),
                EventCode.INTERNAL_ERROR,
                why);
        return HttpResponse.error(500, "internal error; the hub's log says more");
    }
}
