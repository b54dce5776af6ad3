package io.hawser.app.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.app.admin.Answers;
import io.hawser.app.admin.entry.Visitor;
import io.hawser.app.text.JsonText;
import io.hawser.core.access.Action;
import io.hawser.core.message.Message;
import io.hawser.core.route.Bus;
import io.hawser.core.route.Interest;
import io.hawser.core.route.LiveSubscription;
import io.hawser.core.session.Delivery;
import io.hawser.core.session.Session;
import io.hawser.core.value.Fields;
import io.hawser.net.Loop;
import io.hawser.net.http.HttpExchange;
import io.hawser.net.http.HttpResponse;
import io.hawser.net.http.HttpStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * One page that looks on: an answer that goes on, a line ten times a second at most, with {@value #ROWS} messages at most.
 *
 * <pre>
 *   {"seen":314,"shown":20,"lost":0,"rows":[{"n":313,"time":1700000000123,"topic":"a/b",...}],"topics":[{"topic":"a/b","count":7,...}]}
 * </pre>
 *
 * <p>Of what comes between two lines the newest are shown, all are counted. A page that does not read hears nothing until it does;
 * nothing waits for it meanwhile, so that it slows nobody. Owner: the exchange's loop.
 */
final class LiveView {
    private static final Duration BEAT = Duration.ofMillis(100);
    private static final int ROWS = 20;
    /** Topics are told every so many beats. */
    private static final int TOPICS_EVERY = 5;
    /** So many beats without a word are a sign of life. */
    private static final int MOST_STILL = 40;

    private static final byte[] EMPTY_LINE = {'\n'};

    private final Bus bus;
    private final Visitor visitor;
    private final Loop loop;
    private final HttpStream stream;
    private final Predicate<Message> shows;
    private final Runnable gone;
    private final Session<String> session;
    private final LiveSubscription<String> subscription;
    private final LiveTopics topics = new LiveTopics();
    private final Deque<Fields> rows = new ArrayDeque<>();
    private final Deque<Message> newest = new ArrayDeque<>();
    private long seen;
    private long shown;
    private int beats;
    private int still;
    private boolean over;

    /**
     * Begins to answer {@code exchange}, in which {@code visitor} wants {@code interest}.
     *
     * @param shows what of it is told
     * @param gone hears of the end, once
     */
    LiveView(
            Bus bus,
            HttpExchange exchange,
            Visitor visitor,
            Interest interest,
            Predicate<Message> shows,
            Runnable gone) {
        this.bus = bus;
        this.visitor = visitor;
        this.loop = exchange.loop();
        this.shows = shows;
        this.gone = gone;
        this.session = new Session<>(
                "console/" + visitor.name(), visitor.principal(), loop, bus.outbox(), bus.counters(), this::drain);
        this.subscription = new LiveSubscription<>(interest, session, "live");
        this.stream = exchange.stream(HttpResponse.of(200)
                .with("Content-Type", "application/x-ndjson")
                .with("Cache-Control", "no-store"));
        exchange.whenGone(this::end);
        stream.send(EMPTY_LINE);
        bus.welcome(subscription).whenCompleteAsync((done, failure) -> beatLater(), loop);
    }

    private void drain() {
        for (Delivery<String> next = session.poll(); next != null; next = session.poll()) {
            if (shows.test(next.message())) {
                add(next.message());
            }
        }
    }

    private void add(Message message) {
        seen++;
        topics.add(message);
        newest.addLast(message);
        if (newest.size() > ROWS) {
            newest.removeFirst();
        }
    }

    private void beatLater() {
        loop.schedule(BEAT, this::beat);
    }

    private void beat() {
        if (over) {
            return;
        }
        if (!visitor.welcome().getAsBoolean() || !visitor.may(bus.access(), Action.ADMIN_READ, "admin/live")) {
            stream.end();
            end();
            return;
        }
        beats++;
        if (stream.writable()) {
            tell();
        }
        beatLater();
    }

    private void tell() {
        long first = seen - newest.size() + 1;
        for (Message message : newest) {
            rows.add(LiveRow.of(first++, message));
        }
        newest.clear();
        List<Fields> news = beats % TOPICS_EVERY == 0 ? topics.news() : List.of();
        still++;
        if (rows.isEmpty() && news.isEmpty()) {
            if (still >= MOST_STILL) {
                still = 0;
                stream.send(EMPTY_LINE);
            }
            return;
        }
        still = 0;
        shown += rows.size();
        Fields line = Fields.builder()
                .put("seen", seen)
                .put("shown", shown)
                .put("lost", session.dropped())
                .put("beyond", topics.beyond())
                .put("rows", Answers.sequence(List.copyOf(rows)))
                .put("topics", Answers.sequence(news))
                .build();
        rows.clear();
        stream.send((JsonText.write(line) + "\n").getBytes(UTF_8));
    }

    private void end() {
        if (!over) {
            over = true;
            session.close();
            bus.conductor().remove(subscription).whenComplete((done, failure) -> gone.run());
        }
    }
}
