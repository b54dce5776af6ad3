package io.hawser.app.bench;

import io.hawser.app.command.HubLink;
import io.hawser.app.command.HubMessage;
import io.hawser.app.text.JsonText;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlKVMap;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlMessageListener;
import io.hawser.eftl.SubscribeOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What eFTL clients do to a hub. Belongs to one command; the connections tell {@link Measure} on threads of theirs. */
final class EftlLoads {
    private static final int KEYS = 1_000;

    private final BenchPlan plan;
    private final Measure measure;
    private final Supplier<EftlConnection> connecting;
    private final String topics;
    private final String padding;

    /**
     * Loads that nobody bears yet.
     *
     * @param connecting makes one more connection to the hub
     * @param topics how topics begin that nobody else uses
     */
    EftlLoads(BenchPlan plan, Measure measure, Supplier<EftlConnection> connecting, String topics) {
        this.plan = plan;
        this.measure = measure;
        this.connecting = connecting;
        this.topics = topics;
        this.padding = "x".repeat(plan.size());
    }

    /** What begins one more; {@code client} is whose turn it is. */
    private interface Deed {
        void begin(EftlConnection client, int number, long n, long due);
    }

    /** Clients that do {@code deed} in turn; what they leave behind is removed by {@code end}. */
    private record Crowd(
            List<EftlConnection> clients, List<EftlConnection> others, int endings, Deed deed, Runnable end)
            implements Load {
        @Override
        public void begin(long n, long due) {
            int number = (int) (n % clients.size());
            deed.begin(clients.get(number), number, n, due);
        }

        @Override
        public void close() {
            end.run();
            clients.forEach(EftlConnection::close);
            others.forEach(EftlConnection::close);
        }
    }

    Load of(Verb verb) {
        return switch (verb) {
            case PUB -> publishing(List.of(), () -> {});
            case SUB -> pairs();
            case FANOUT -> fanout();
            case REQ -> asking();
            case DURABLE -> durable();
            case KV -> putting();
            case FILE -> throw new IllegalArgumentException("files go to the admin listener");
        };
    }

    private List<EftlConnection> connect(int count) {
        List<EftlConnection> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made.add(connecting.get());
        }
        return made;
    }

    private EftlMessage message(String topic, long due) {
        return HubMessage.addressed(
                topic, Fields.builder().put(Heard.AT, due).put("data", padding).build());
    }

    private Load publishing(List<EftlConnection> others, Runnable end) {
        return new Crowd(
                connect(plan.clients()),
                others,
                1,
                (client, number, n, due) -> client.publish(message(topics, due))
                        .whenComplete((receivers, failure) -> measure.ended(due, failure)),
                end);
    }

    private void listen(EftlConnection client, SubscribeOptions wanted, EftlMessageListener listener) {
        HubLink.answer(client.subscribe(wanted, listener));
    }

    private static SubscribeOptions on(String topic) {
        return SubscribeOptions.matching(JsonText.write(Fields.of("_dest", Value.of(topic))));
    }

    private Load pairs() {
        List<EftlConnection> hearing = connect(plan.clients());
        for (int i = 0; i < hearing.size(); i++) {
            listen(hearing.get(i), on(topics + "/" + i), new Heard(measure));
        }
        return new Crowd(
                connect(plan.clients()),
                hearing,
                1,
                (client, number, n, due) -> say(client, topics + "/" + number, due),
                () -> {});
    }

    private Load fanout() {
        List<EftlConnection> hearing = connect(plan.clients());
        hearing.forEach(each -> listen(each, on(topics), new Heard(measure)));
        return new Crowd(
                connect(1), hearing, plan.clients(), (client, number, n, due) -> say(client, topics, due), () -> {});
    }

    private void say(EftlConnection client, String topic, long due) {
        client.publish(message(topic, due)).whenComplete((receivers, failure) -> {
            if (failure != null) {
                measure.failed(String.valueOf(failure.getMessage()));
            }
        });
    }

    private Load asking() {
        EftlConnection answering = connecting.get();
        EftlMessage answer = EftlMessage.of(Fields.of("data", Value.of(padding)));
        listen(answering, on(topics), question -> answering.sendReply(question, answer));
        return new Crowd(
                connect(plan.clients()),
                List.of(answering),
                1,
                (client, number, n, due) -> client.sendRequest(message(topics, due), plan.patience())
                        .whenComplete((reply, failure) -> measure.ended(due, failure)),
                () -> {});
    }

    private Load durable() {
        EftlConnection consuming = connecting.get();
        listen(consuming, on(topics).durable("bench"), message -> {});
        return publishing(List.of(consuming), consuming::unsubscribeAll);
    }

    private Load putting() {
        String map = topics.replace('/', '-');
        List<EftlConnection> clients = connect(plan.clients());
        List<EftlKVMap> maps =
                clients.stream().map(each -> each.createKVMap(map)).toList();
        return new Crowd(
                clients,
                List.of(),
                1,
                (client, number, n, due) -> maps.get(number)
                        .set("key" + n % KEYS, EftlMessage.of(Fields.of("data", Value.of(padding))))
                        .whenComplete((done, failure) -> measure.ended(due, failure)),
                () -> HubLink.answer(clients.get(0).removeKVMap(map)));
    }
}
