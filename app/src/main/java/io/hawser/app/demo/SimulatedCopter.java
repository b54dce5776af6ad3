package io.hawser.app.demo;

import io.hawser.clever.CleverActionHandler;
import io.hawser.clever.CleverCall;
import io.hawser.clever.CleverCommand;
import io.hawser.clever.CleverHandlers;
import io.hawser.clever.CleverOptions;
import io.hawser.clever.CleverPeer;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A copter for those who have none: connects to a ground station and behaves as an original ({@code specs/clever.md} 2.3 to 2.5). Its
 * flight belongs to the thread that calls it back.
 */
final class SimulatedCopter implements AutoCloseable {
    private static final long STEP_MILLIS = 100;
    private static final int STEPS_A_TELEMETRY = 10;

    private final String id;
    private final InstantSource clock;
    private final CopterWatch watch;
    private final CopterFlight flight;
    private final ScheduledExecutorService thread;
    private final CleverPeer peer;
    private int steps;

    /**
     * Connects to {@code server}, and again whenever the connection is lost.
     *
     * @param number its place in the row
     * @param options how it connects
     * @param watch hears what it does, on the copter's thread
     */
    SimulatedCopter(
            String id, int number, String server, CleverOptions options, InstantSource clock, CopterWatch watch) {
        this.id = id;
        this.clock = clock;
        this.watch = watch;
        this.flight = new CopterFlight(number);
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread created = new Thread(task, "hawser-" + id);
            created.setDaemon(true);
            return created;
        });
        this.peer = CleverPeer.connect(
                server,
                options.label(id)
                        .executor(thread)
                        .handlers(requests(), actions())
                        .withoutExtras());
        thread.scheduleAtFixedRate(this::step, 0, STEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    private CleverHandlers requests() {
        return new CleverHandlers()
                .onRequest("id", call -> introduced())
                .onRequest("clover_dir", call -> Value.of("error"))
                .onRequest("telemetry", call -> new Value.Nested(flight.telemetry(now())))
                .onRequest("time", call -> Value.of(now()))
                .onRequest("selfcheck", call -> Value.of("OK"))
                .onRequest("anim_id", call -> Value.of("circle"))
                .onRequest("batt_voltage", call -> Value.of(flight.volts()))
                .onRequest("cell_voltage", call -> Value.of(flight.volts() / 3))
                .onRequest("sys_status", call -> Value.of("STANDBY"))
                .onRequest("cal_status", call -> Value.of("OK"))
                .onRequest("position", call -> Value.of(flight.position()))
                .onRequest("calibrate_gyro", call -> Value.of("OK"))
                .onRequest("calibrate_level", call -> Value.of("OK"))
                .onRequest("load_params", call -> Value.Bool.of(true))
                .onRequest("config", call -> new Value.Nested(Fields.of("config", new Value.Nested(Fields.EMPTY))));
    }

    private CleverHandlers actions() {
        CleverHandlers actions = new CleverHandlers()
                .onAction("start", obeying(call -> flight.start(number(call, "time", Double.POSITIVE_INFINITY))))
                .onAction("pause", obeying(call -> flight.pause()))
                .onAction("resume", obeying(call -> flight.resume()))
                .onAction("takeoff", obeying(call -> flight.takeOff()))
                .onAction("takeoff_z", obeying(call -> flight.takeOff(number(call, "z", 1))))
                .onAction("land", obeying(call -> flight.land()))
                .onAction("emergency_land", obeying(call -> flight.land()))
                .onAction("stop", obeying(call -> flight.land()))
                .onAction("disarm", obeying(call -> flight.disarm()));
        for (String seen : List.of("flip", "led_test", "led_fill", "config", "test")) {
            actions.onAction(seen, obeying(call -> {}));
        }
        return actions;
    }

    private CleverActionHandler obeying(Consumer<CleverCall> action) {
        return call -> {
            watch.obeyed(id, call.name(), call.kwargs());
            action.accept(call);
        };
    }

    private Value introduced() {
        watch.met(id);
        return Value.of(id);
    }

    private static double number(CleverCall call, String name, double otherwise) {
        Value value = call.kwargs().find(name);
        if (value instanceof Value.Real real) {
            return real.value();
        }
        if (value instanceof Value.Int whole) {
            return whole.value();
        }
        if (value instanceof Value.Str text && text.value().matches("-?[0-9]+([.][0-9]+)?")) {
            return Double.parseDouble(text.value());
        }
        return otherwise;
    }

    private double now() {
        return clock.millis() / 1e3;
    }

    private void step() {
        flight.step(now());
        if (steps++ % STEPS_A_TELEMETRY == 0 && peer.isConnected()) {
            Fields telemetry = flight.telemetry(now());
            watch.reported(id, telemetry);
            var unused = peer.send(CleverCommand.of("telemetry").with("value", new Value.Nested(telemetry)));
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        peer.close();
    }
}
