package io.hawser.app.demo;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlOptions;
import io.hawser.eftl.SubscribeOptions;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Somebody with an eFTL client, as a web page has one: sees what everybody reports, says what shall be done, asks. What is said belongs
 * to one thread.
 */
final class Operator implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Narrator narrator;
    private final EftlConnection connection;
    private int asked;

    /** Connects to the open channel at {@code url}, and sees from now on what is there. */
    Operator(String url, Narrator narrator) {
        this.narrator = narrator;
        connection =
                Eftl.connect(url, EftlOptions.defaults().clientId("operator")).join();
        sees("{\"msg\":\"GPS\"}", this::position);
        sees("{\"_dest\":\"iot/" + WindMast.NAME + "/data/*\"}", this::wind);
        sees("{\"_dest\":\"clever/*/says/telemetry\"}", this::telemetry);
    }

    private void sees(String matcher, Consumer<Fields> what) {
        connection
                .subscribe(SubscribeOptions.matching(matcher), message -> what.accept(message.fields()))
                .join();
    }

    private void position(Fields fields) {
        narrator.heard(
                Way.IVY_TO_EFTL,
                said(fields, "text"),
                "flight " + said(fields, "ac") + " is at lat " + said(fields, "lat") + ", lon " + said(fields, "lon"));
    }

    private void wind(Fields fields) {
        String wind = said(fields, WindMast.WIND);
        narrator.heard(Way.IOT_TO_EFTL, wind, "the mast measures a wind of " + wind + " m/s");
    }

    private void telemetry(Fields fields) {
        String copter = said(fields, "_dest").split("/", -1)[1];
        narrator.heard(
                Way.CLEVER_TO_EFTL,
                report(copter, fields.find("copter_time")),
                copter + " is " + said(fields, "z") + " m up, its battery has " + said(fields, "battery_volts") + " V");
    }

    /** How what {@code copter} says of itself at a time of its clock is known again. */
    static String report(String copter, @Nullable Value time) {
        return copter + " " + (time instanceof Value.Real real ? real.value() : Double.NaN);
    }

    /** Tells the flight {@code order}. */
    void order(String order) {
        narrator.tell("the operator tells flight " + Flight.ID + ": " + order);
        narrator.said(Way.EFTL_TO_IVY, order);
        publish("demo/cmd", Fields.of("text", Value.of("CMD " + Flight.ID + " " + order)));
    }

    /** Lets the first {@code copters} take off. */
    void takeOff(int copters) {
        narrator.tell("the operator lets " + copters + " copters take off");
        for (int number = 1; number <= copters; number++) {
            String copter = DemoFleet.id(number);
            narrator.said(Way.EFTL_TO_CLEVER, copter + " takeoff");
            publish("clever/" + copter + "/takeoff", Fields.EMPTY);
        }
    }

    /** Asks {@code copter} where it is. */
    void askWhere(String copter) {
        ask(
                Way.ASKED_COPTER,
                "clever/" + copter + "/request/position",
                reply -> copter + " answers the operator: I am at " + said(reply, "value"));
    }

    /** Lets the mast sound its horn. */
    void soundHorn() {
        ask(
                Way.ASKED_DEVICE,
                "iot/" + WindMast.NAME + "/actions/" + WindMast.HORN,
                reply -> "the mast answers the operator: horn " + said(reply, "state"));
    }

    private void publish(String topic, Fields fields) {
        connection
                .publish(EftlMessage.of(fields.toBuilder().put("_dest", topic).build()))
                .whenComplete((receivers, failure) -> {
                    if (failure != null) {
                        narrator.tell("the operator hears: " + failure.getMessage());
                    }
                });
    }

    private void ask(Way way, String topic, Function<Fields, String> what) {
        String question = String.format(Locale.ROOT, "question %d", ++asked);
        narrator.said(way, question);
        EftlMessage request = EftlMessage.of(Fields.of("_dest", Value.of(topic)));
        connection.sendRequest(request, PATIENCE).whenComplete((reply, failure) -> {
            if (failure == null) {
                narrator.heard(way, question, what.apply(reply.fields()));
            } else {
                narrator.failed(way, String.valueOf(failure.getMessage()));
            }
        });
    }

    private static String said(Fields fields, String name) {
        return fields.get(name)
                .map(value -> value instanceof Value.Str text ? text.value() : value.toString())
                .orElse("?");
    }

    @Override
    public void close() {
        connection.close();
    }
}
