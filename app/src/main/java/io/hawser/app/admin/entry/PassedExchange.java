package io.hawser.app.admin.entry;

import io.hawser.net.Loop;
import io.hawser.net.http.HttpBody;
import io.hawser.net.http.HttpExchange;
import io.hawser.net.http.HttpRequest;
import io.hawser.net.http.HttpResponse;
import io.hawser.net.http.HttpSource;
import io.hawser.net.http.HttpStream;
import java.util.function.Consumer;

/** An exchange that is another one, but for what a subclass does otherwise. Owner: its loop. */
public class PassedExchange implements HttpExchange {
    private final HttpExchange exchange;

    /** Passes everything on to {@code exchange}. */
    protected PassedExchange(HttpExchange exchange) {
        this.exchange = exchange;
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
        exchange.answer(response);
    }

    @Override
    public void answer(HttpResponse response, Consumer<Boolean> taken) {
        exchange.answer(response, taken);
    }

    @Override
    public HttpStream stream(HttpResponse head) {
        return exchange.stream(head);
    }

    @Override
    public void stream(HttpResponse head, HttpSource source) {
        exchange.stream(head, source);
    }

    @Override
    public void whenGone(Runnable gone) {
        exchange.whenGone(gone);
    }

    @Override
    public boolean waits() {
        return exchange.waits();
    }
}
