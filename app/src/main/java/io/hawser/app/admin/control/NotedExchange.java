package io.hawser.app.admin.control;

import io.hawser.app.admin.entry.PassedExchange;
import io.hawser.net.http.HttpExchange;
import io.hawser.net.http.HttpResponse;
import io.hawser.net.http.HttpSource;
import io.hawser.net.http.HttpStream;
import java.util.function.Consumer;

/** An exchange whose answer goes through somebody's hands first. Owner: its loop. */
final class NotedExchange extends PassedExchange {
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
        super(exchange);
        this.exchange = exchange;
        this.answering = answering;
        this.beginning = beginning;
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
    public boolean waits() {
        return !answered && exchange.waits();
    }
}
