package io.hawser.app.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.app.text.JsonText;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.map.MapEntry;
import io.hawser.core.store.map.MapWatch;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.net.Loop;
import io.hawser.net.http.HttpExchange;
import io.hawser.net.http.HttpResponse;
import io.hawser.net.http.HttpStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A watch of a map as an answer without end: a line of JSON for each change, and an empty one now and then, by which either
 * side notices that the other is gone. Who reads slowly hears of each key the newest change only. Lines are written on the
 * executor; every field belongs to the exchange's loop.
 *
 * <pre>
 *   {"key":"a","revision":7,"time":"...","kind":"set","value":{...}}
 *   {"restarted":true}    forget every key: the map was dropped; what is there now follows
 *   {"failed":"..."}      nothing more comes
 * </pre>
 */
final class MapStream implements MapWatch.Listener {
    /** So many changes are on their way at most; the values of that many are in memory. */
    private static final int CREDIT = 16;

    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(4);
    private static final byte[] EMPTY_LINE = {'\n'};

    private final HttpExchange exchange;
    private final Loop loop;
    private final Executor thread;
    private @Nullable MapWatch watch;
    private @Nullable HttpStream stream;
    private Loop.@Nullable Timer sign;
    private int owed;
    private boolean over;

    MapStream(HttpExchange exchange, Executor thread) {
        this.exchange = exchange;
        this.loop = exchange.loop();
        this.thread = thread;
    }

    /** Begins to answer once {@code ready} is there, which was asked for after {@code begun}; called on the loop. */
    void begin(MapWatch begun, CompletableFuture<?> ready) {
        watch = begun;
        exchange.whenGone(this::end);
        // by way of the executor, where a refusal of the watch went before
        ready.whenCompleteAsync((done, failure) -> loop.execute(() -> ready(failure)), thread);
    }

    private void ready(@Nullable Throwable failure) {
        if (over) {
            return;
        }
        if (failure != null) {
            end();
            exchange.answer(Answers.refusal(exchange, failure));
            return;
        }
        stream = exchange.stream(HttpResponse.of(200).with("Content-Type", "application/x-ndjson"));
        stream.whenWritable(this::ask);
        stream.send(EMPTY_LINE);
        owed = CREDIT;
        ask();
        signLater();
    }

    private void signLater() {
        sign = loop.schedule(SIGN_OF_LIFE, () -> {
            if (stream != null && !over) {
                stream.send(EMPTY_LINE);
                signLater();
            }
        });
    }

    private void ask() {
        if (stream != null && watch != null && stream.writable() && owed > 0 && !over) {
            watch.request(owed);
            owed = 0;
        }
    }

    private void end() {
        over = true;
        if (watch != null) {
            watch.close();
        }
        if (sign != null) {
            sign.cancel();
        }
    }

    @Override
    public void changed(List<MapEntry> changes) {
        StringBuilder lines = new StringBuilder();
        changes.forEach(
                change -> lines.append(JsonText.write(KvApi.row(change))).append('\n'));
        tell(lines.toString(), changes.size());
    }

    @Override
    public void restarted() {
        tell(JsonText.write(Fields.of("restarted", Value.of(true))) + "\n", 0);
    }

    @Override
    public void failed(StoreException why) {
        String line = JsonText.write(Fields.of("failed", Value.of(String.valueOf(why.getMessage())))) + "\n";
        loop.execute(() -> {
            if (stream == null && !over) {
                end();
                exchange.answer(HttpResponse.error(503, String.valueOf(why.getMessage())));
            } else if (stream != null) {
                stream.send(line.getBytes(UTF_8));
                stream.end();
                end();
            }
        });
    }

    private void tell(String lines, int changes) {
        byte[] bytes = lines.getBytes(UTF_8);
        loop.execute(() -> {
            if (stream != null && !over) {
                stream.send(bytes);
                owed += changes;
                ask();
            }
        });
    }
}
