package io.hawser.net.http;

import io.hawser.net.Loop;
import java.util.function.Consumer;

/**
 * One request and its answer. Belongs to {@link #loop()}, where every method is called; to answer from another thread,
 * post to the loop. An answer to somebody who is gone is dropped silently.
 *
 * <p>A handler may keep the exchange and answer later (a long poll). Meanwhile the next request on the same connection
 * waits, unread.
 */
public interface HttpExchange {
    /** What was asked. */
    HttpRequest request();

    /** The loop that owns this exchange. */
    Loop loop();

    /**
     * Begins to read the request's body; until then it waits with the client. A body beyond {@link
     * HttpLimits#maxBodyBytes} is answered with 413, one that stops coming with 408, and {@code body} hears that it is broken.
     *
     * @throws IllegalStateException if the body has a reader already
     */
    void body(HttpBody body);

    /** The same for a body of at most {@code maxBytes}, be that more than {@link HttpLimits#maxBodyBytes} or less. */
    void body(long maxBytes, HttpBody body);

    /**
     * Reads the whole body, then calls {@code then}. One of more than {@code maxBytes} is answered with 413 and one that
     * takes longer than {@link HttpLimits#bodyTimeout} with 408; {@code then} is not called.
     */
    void wholeBody(int maxBytes, Consumer<byte[]> then);

    /** The same; one that is too long is answered with {@code tooLong}, and the connection ends. */
    void wholeBody(int maxBytes, HttpResponse tooLong, Consumer<byte[]> then);

    /** Stops or resumes reading the body; the client feels it through TCP. While stopped, nobody sees a client leave. */
    void reading(boolean on);

    /**
     * Answers at once and completely.
     *
     * @throws IllegalStateException if there is an answer already
     */
    void answer(HttpResponse response);

    /**
     * The same; {@code taken} hears once, on the loop, whether the system has taken the whole answer. After false the client
     * has not read all of it; after true it may have.
     */
    void answer(HttpResponse response, Consumer<Boolean> taken);

    /**
     * Begins an answer whose body follows in pieces: with the length that {@code head} tells in {@code Content-Length},
     * else chunked.
     *
     * @throws IllegalStateException if there is an answer already
     */
    HttpStream stream(HttpResponse head);

    /**
     * Answers with what {@code source} gives, as fast as the client reads it, and closes the source then or when the client
     * goes away; to {@code HEAD} with the head alone.
     *
     * @throws IllegalStateException if there is an answer already
     */
    void stream(HttpResponse head, HttpSource source);

    /** What to run when the client goes away before its answer is complete. At once, if it is gone already. */
    void whenGone(Runnable gone);

    /** True until an answer is begun or the client is gone. */
    boolean waits();
}
