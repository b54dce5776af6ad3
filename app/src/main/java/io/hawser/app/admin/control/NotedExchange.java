package io.hawser.app.admin.control;

import io.hawser.net.Loop;
import io.hawser.net.http.HttpBody;
import io.hawser.net.http.HttpExchange;
import io.hawser.net.http.HttpRequest;
import io.hawser.net.http.HttpResponse;
import io.hawser.net.http.HttpSource;
import io.hawser.net.http.HttpStream;
import java.util.function.Consumer;

/** An exchange whose answer goes through somebody's hands first. Owner: its loop. */
final class NotedExchange implements HttpExchange {
    private final HttpExchange exchange;
    private final Answering answering;
    private final Consumer<HttpExchange> beginning;
    private boolean answered;

    /** Who is given an answer before it goes. */
    interface Answering {
        /** Gives the answer, or another one, to {@code give}, on the loop. */
        void answer(HttpExchange exchange, HttpResponse response, Consumer<HttpResponse> give);
    }

    /** {@code exchange}, whose answers {@code answering} is given; {@code beginning} hears of those that come in pieces. */
    NotedExchange(HttpExchange exchange, Answering answering, Consumer<HttpExchange> beginning) {
        this.exchange = exchange;
        this.answering = answering;
        this.beginning = beginning;
    }

    @Override
    public HttpRequest request() {
        return exchange.request();
    }

    @Override
    public Loop loop() {
        return exchange.loop();
    }

    @Override
    public void body(HttpBody body) {
        exchange.body(body);
    }

    @Override
    public void body(long maxBytes, HttpBody body) {
        exchange.body(maxBytes, body);
    }

    @Override
    public void wholeBody(int maxBytes, Consumer<byte[]> then) {
        exchange.wholeBody(maxBytes, then);
    }

    @Override
    public void wholeBody(int maxBytes, HttpResponse tooLong, Consumer<byte[]> then) {
        exchange.wholeBody(maxBytes, tooLong, then);
    }

    @Override
    public void reading(boolean on) {
        exchange.reading(on);
    }

    @Override
    public void answer(HttpResponse response) {
        answered = true;
        answering.answer(exchange, response, exchange::answer);
    }

    @Override
    public void answer(HttpResponse response, Consumer<Boolean> taken) {
        answered = true;
        answering.answer(exchange, response, given -> exchange.answer(given, taken));
    }

    @Override
    public HttpStream stream(HttpResponse head) {
        answered = true;
        beginning.accept(exchange);
        return exchange.stream(head);
    }

    @Override
    public void stream(HttpResponse head, HttpSource source) {
        answered = true;
        beginning.accept(exchange);
        exchange.stream(head, source);
    }

    @Override
    public void whenGone(Runnable gone) {
        exchange.whenGone(gone);
    }

    @Override
    public boolean waits() {
        return !answered && exchange.waits();
    }
}
