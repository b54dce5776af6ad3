package io.hawser.app.bench;

import io.hawser.app.command.HubLink;
import io.hawser.app.command.HubMessage;
import io.hawser.app.text.JsonText;
import io.hawser.clever.CleverCommand;
import io.hawser.clever.CleverHandlers;
import io.hawser.clever.CleverOptions;
import io.hawser.clever.CleverPeer;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.SubscribeOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Copters that say things, which an eFTL client of the hub hears, or that are asked by it. Belongs to one command. */
final class CleverLoad implements Load {
    private static final String ACTION = "bench";

    private final Measure measure;
    private final EftlConnection station;
    private final boolean asked;
    private final Duration patience;
    private final String run;
    private final String padding;
    private final List<CleverPeer> peers = new ArrayList<>();

    /**
     * Connects; returns when the hub knows each copter.
     *
     * @param station hears and asks them
     * @param hub where copters connect, {@code host:port}
     * @param run names this run as nobody else's
     * @param asked whether they are asked; else they say things
     */
    CleverLoad(BenchPlan plan, Measure measure, EftlConnection station, String hub, String run, boolean asked) {
        this.measure = measure;
        this.station = station;
        this.asked = asked;
        this.patience = plan.patience();
        this.run = run;
        this.padding = "x".repeat(plan.size());
        String said = JsonText.write(Fields.of("_dest", Value.of("clever/*/says/" + ACTION)));
        HubLink.answer(station.subscribe(SubscribeOptions.matching(said), this::heard));
        for (int i = 0; i < plan.clients(); i++) {
            String id = name(i);
            CleverHandlers handlers = new CleverHandlers()
                    .onRequest("id", call -> Value.of(id))
                    .onRequest(ACTION, call -> Value.of(true));
            peers.add(CleverPeer.connect(hub, CleverOptions.defaults().handlers(handlers)));
        }
        for (int i = 0; i < plan.clients(); i++) {
            EftlMessage question = question(i);
            Ready.await(
                    () -> station.sendRequest(question, patience)
                            .handle((answer, failure) -> failure == null)
                            .join(),
                    patience,
                    "the hub does not know a copter that connected to " + hub + "; --fleet says another address",
                    this);
        }
    }

    private String name(int number) {
        return "bench-" + run + "-" + number;
    }

    private EftlMessage question(int number) {
        return HubMessage.addressed(
                "clever/" + name(number) + "/request/" + ACTION, Fields.of("data", Value.of(padding)));
    }

    private void heard(EftlMessage message) {
        if (message.fields().string("run").filter(run::equals).isPresent()) {
            message.getLong(Heard.AT).ifPresent(measure::done);
        }
    }

    @Override
    public void begin(long n, long due) {
        int number = (int) (n % peers.size());
        if (asked) {
            station.sendRequest(question(number), patience)
                    .whenComplete((answer, failure) -> measure.ended(due, failure));
            return;
        }
        Fields said = Fields.builder()
                .put("run", run)
                .put(Heard.AT, due)
                .put("data", padding)
                .build();
        peers.get(number).send(CleverCommand.of(ACTION).with(said)).whenComplete((sent, failure) -> {
            if (failure != null) {
                measure.failed(String.valueOf(failure.getMessage()));
            }
        });
    }

    @Override
    public void close() {
        peers.forEach(CleverPeer::close);
        station.close();
    }
}
