package io.hawser.app.admin;

import io.hawser.clever.gateway.Asker;
import io.hawser.clever.gateway.CleverGateway;
import io.hawser.clever.gateway.Copter;
import io.hawser.clever.gateway.FleetResult;
import io.hawser.clever.gateway.Preflight;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.net.http.Route;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The copters of the ground station, and what they are told. */
public final class FleetApi {
    private static final double SOON = 0.1;
    private static final double LATE = 86_400;

    private final Answers answers;
    private final CleverGateway fleet;
    private final InstantSource clock;

    /** About the copters of {@code fleet}. */
    public FleetApi(Answers answers, CleverGateway fleet, InstantSource clock) {
        this.answers = answers;
        this.fleet = fleet;
        this.clock = clock;
    }

    /** What can be asked. */
    public List<Route> routes() {
        return List.of(
                answers.list(
                        "/fleet",
                        fleet::copters,
                        page -> CompletableFuture.completedFuture(
                                page.stream().map(FleetApi::row).toList())),
                answers.list(
                        "/fleet/check",
                        fleet::check,
                        page -> CompletableFuture.completedFuture(
                                page.stream().map(FleetApi::row).toList())),
                answers.post("/fleet/command", this::command),
                answers.post("/fleet/request", this::request),
                answers.post("/fleet/start", this::start));
    }

    private CompletableFuture<Fields> command(Question question) {
        Fields body = question.body();
        return results(fleet.command(asker(question), copters(body), name(body, "action"), kwargs(body)));
    }

    private CompletableFuture<Fields> request(Question question) {
        Fields body = question.body();
        return results(fleet.request(asker(question), copters(body), name(body, "name"), kwargs(body)));
    }

    private static Asker asker(Question question) {
        return question.visitor().master()
                ? Asker.operator(question.where())
                : Asker.user(question.visitor().principal(), question.where());
    }

    private CompletableFuture<Fields> start(Question question) {
        Fields body = question.body();
        return results(fleet.start(asker(question), copters(body), instant(body)));
    }

    private Instant instant(Fields body) {
        Value in = body.find("in");
        double seconds =
                in instanceof Value.Int whole ? whole.value() : in instanceof Value.Real real ? real.value() : -1;
        if (in != null && seconds >= SOON && seconds <= LATE) {
            return clock.instant().plusNanos((long) (seconds * 1e9));
        }
        try {
            if (in == null && body.string("at").isPresent()) {
                Instant at = Instant.parse(body.string("at").get());
                double away = Duration.between(clock.instant(), at).toMillis() / 1e3;
                if (away >= SOON && away <= LATE) {
                    return at;
                }
            }
        } catch (DateTimeException wrong) {
            throw Rejection.wrong("'at' must be an instant as 2027-01-31T12:00:00Z");
        }
        throw Rejection.wrong("say 'in', seconds from " + SOON + " to " + LATE + ", or 'at', an instant so far away");
    }

    /** Which copters {@code body} is about. */
    static List<String> copters(Fields body) {
        if (!(body.find("copters") instanceof Value.Sequence ids)) {
            throw Rejection.wrong("'copters' must be a list of ids; an empty one stands for all that are there");
        }
        List<String> all = new ArrayList<>();
        for (Value id : ids.values()) {
            if (!(id instanceof Value.Str text)) {
                throw Rejection.wrong("'copters' must be a list of ids");
            }
            all.add(text.value());
        }
        return all;
    }

    private static String name(Fields body, String field) {
        return name(body, field, "must say what copters shall do");
    }

    /** The text of {@code field}, which {@code wanted} it to be. */
    static String name(Fields body, String field, String wanted) {
        return body.string(field)
                .filter(name -> !name.isEmpty())
                .orElseThrow(() -> Rejection.wrong("'" + field + "' " + wanted));
    }

    private static Fields kwargs(Fields body) {
        Value kwargs = body.find("kwargs");
        if (kwargs == null) {
            return Fields.EMPTY;
        }
        if (kwargs instanceof Value.Nested nested) {
            return nested.fields();
        }
        throw Rejection.wrong("'kwargs' must be an object");
    }

    private CompletableFuture<Fields> results(CompletableFuture<List<FleetResult>> asked) {
        return answers.then(
                asked,
                results -> Fields.of(
                        "items",
                        Answers.sequence(results.stream().map(FleetApi::row).toList())));
    }

    private static Fields row(FleetResult result) {
        Fields.Builder row = Fields.builder().put("copter", result.copter()).put("done", Value.Bool.of(result.done()));
        if (!result.reason().isEmpty()) {
            row.put("reason", result.reason());
        }
        if (result.value() != Value.Null.NULL) {
            row.put("value", result.value());
        }
        return row.build();
    }

    private static Fields row(Preflight judged) {
        Fields.Builder row = Fields.builder()
                .put("copter", judged.copter())
                .put("ready", Value.Bool.of(judged.problems().isEmpty()));
        if (!judged.problems().isEmpty()) {
            row.put("problems", String.join("; ", judged.problems()));
        }
        return row.build();
    }

    private static Fields row(Copter copter) {
        Fields.Builder row = Fields.builder()
                .put("copter", copter.id())
                .put("state", copter.online() ? "online" : "offline")
                .put("since", Instant.ofEpochMilli(copter.since()).toString())
                .put("address", copter.address());
        copter.clockOffset().ifPresent(offset -> row.put("clock_offset", offset)
                .put("clock_uncertainty", copter.clockUncertainty()));
        if (!copter.cloverDir().isEmpty()) {
            row.put("clover_dir", copter.cloverDir());
        }
        if (copter.telemetryAt() > 0) {
            row.put("telemetry_at", Instant.ofEpochMilli(copter.telemetryAt()).toString())
                    .put("telemetry", new Value.Nested(copter.telemetry()));
        }
        return row.build();
    }
}
