package io.hawser.clever.gateway;

import io.hawser.clever.engine.CleverCount;
import io.hawser.clever.engine.CleverEvents;
import io.hawser.clever.engine.CleverParty;
import io.hawser.clever.engine.CleverReply;
import io.hawser.clever.engine.Failure;
import io.hawser.clever.engine.Outcome;
import io.hawser.clever.engine.Question;
import io.hawser.clever.engine.file.FilePlace;
import io.hawser.clever.engine.file.FileSource;
import io.hawser.clever.wire.CleverFrame;
import io.hawser.clever.wire.CleverLimits;
import io.hawser.clever.wire.ProtocolException;
import io.hawser.core.count.Counter;
import io.hawser.core.event.EventCode;
import io.hawser.core.message.Message;
import io.hawser.core.route.Bus;
import io.hawser.core.store.object.ObjectInfo;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.net.Loop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to a copter: asks who it is, then stands for it on the bus. Owner: the gateway's loop.
 *
 * <p>The original's server asks the same on every connection: {@code id}, then {@code clover_dir} ({@code specs/clever.md} 2.2).
 * What the copter says before it has said its id waits until then.
 */
final class CleverSession implements CleverEvents {
    private static final Logger LOG = LoggerFactory.getLogger(CleverSession.class);
    private static final Duration INTRODUCTION = Duration.ofSeconds(5);
    private static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(10);
    private static final int FIRST_SAMPLES = 5;
    private static final int MAX_EARLY = 16;

    private final CleverGateway gateway;
    private final Bus bus;
    private final Loop loop;
    private final ClockOffset clock = new ClockOffset();
    private final List<CleverFrame.Action> early = new ArrayList<>();
    private @Nullable CleverParty party;
    private @Nullable FilePlace files;
    private @Nullable BusSeat seat;
    private Loop.@Nullable Timer sampling;
    private String address;
    private String id = "";
    private String cloverDir = "";
    private Fields telemetry = Fields.EMPTY;
    private long telemetryAt;
    private long since;
    private boolean named;
    private boolean online;
    private String reason = "";

    CleverSession(CleverGateway gateway, Bus bus, Loop loop, InetSocketAddress remote) {
        this.gateway = gateway;
        this.bus = bus;
        this.loop = loop;
        this.address = remote.getAddress().getHostAddress() + ":" + remote.getPort();
        this.since = bus.clock().millis();
    }

    /** The conversation that this is about, and where its files go. Once, before anything happens. */
    void speaksThrough(CleverParty other, FilePlace place) {
        party = other;
        files = place;
    }

    // ---- what the gateway asks

    String id() {
        return id;
    }

    boolean online() {
        return online;
    }

    String address() {
        return address;
    }

    /** Whose its files are; empty while nobody knows. */
    Optional<String> owner() {
        return named ? Optional.of(CleverMapping.owner(id)) : Optional.empty();
    }

    /** What it was like before; until it says more of itself that stands. */
    void remember(Copter before) {
        telemetry = before.telemetry();
        telemetryAt = before.telemetryAt();
    }

    /** A file of its is in the store. */
    void stored(ObjectInfo file) {
        LOG.info("clever[{}] sent the file {} of {} bytes", id, file.name().name(), file.size());
        publish(CleverMapping.file(id, file, bus.clock().millis()));
    }

    Copter copter() {
        Optional<ClockOffset.Estimate> estimate = offset();
        return new Copter(
                id,
                address,
                online,
                since,
                cloverDir,
                telemetry,
                telemetryAt,
                estimate.map(ClockOffset.Estimate::seconds),
                estimate.map(ClockOffset.Estimate::uncertainty).orElse(0.0));
    }

    Optional<ClockOffset.Estimate> offset() {
        return clock.estimate(loop.nanoTime(), bus.clock().millis() / 1e3);
    }

    /** Sends {@code action}; what ends a flight goes first, through a connection of its own if a file is in its way. */
    void command(Asker by, String action, List<Value> args, Fields kwargs, Outcome outcome) {
        Optional<Failure> objection = gateway.guard().objection(by, id, action);
        if (objection.isPresent()) {
            outcome.failed(objection.get());
            return;
        }
        say(outcome, () -> {
            Fields typed = CopterCommands.action(action, kwargs);
            boolean emergency = CopterCommands.EMERGENCIES.contains(action);
            Question question = question(action, args, typed, emergency);
            if (emergency && party().blockedByFile()) {
                LOG.warn("clever[{}] '{}' breaks the connection, in which a file is in its way", id, action);
                gateway.emergencies().remember(id, question, outcome);
                party().hangUp("'" + action + "' does not wait for a file");
            } else {
                gateway.guard()
                        .pass(by, id, action, typed, outcome, end -> say(end, () -> party().send(question, end)));
            }
        });
    }

    /** Asks {@code name}. */
    void request(Asker by, String name, List<Value> args, Fields kwargs, Outcome outcome) {
        Optional<Failure> objection = gateway.guard().objectionToRequest(by, id, name);
        if (objection.isPresent()) {
            outcome.failed(objection.get());
            return;
        }
        say(outcome, () -> {
            Fields typed = CopterCommands.request(name, kwargs);
            Question question = question(name, args, typed, false);
            Duration patience = gateway.settings().answerTimeout();
            gateway.guard()
                    .pass(
                            by,
                            id,
                            name,
                            typed,
                            outcome,
                            end -> say(end, () -> party().request(question, patience, end)));
        });
    }

    private Question question(String name, List<Value> args, Fields kwargs, boolean urgent) {
        return new Question(
                name, args, kwargs, urgent, Optional.of(gateway.settings().commandExpiry()));
    }

    /** Something to say that may not be sayable. */
    private interface Saying {
        void run() throws CommandException, ProtocolException;
    }

    private static void say(Outcome outcome, Saying saying) {
        try {
            saying.run();
        } catch (CommandException nonsense) {
            outcome.failed(new Failure(Failure.Kind.REFUSED, nonsense.reason()));
        } catch (ProtocolException unsayable) {
            outcome.failed(new Failure(Failure.Kind.REFUSED, unsayable.reason()));
        }
    }

    /** Sends {@code file} to where {@code path} is on this copter. */
    void sendFile(FileSource file, String path, boolean evenIfArmed, Outcome outcome) {
        say(outcome, () -> {
            String there = CopterPath.at(copter(), path);
            if (!evenIfArmed && copter().armed()) {
                throw new CommandException("it is armed, and a file keeps commands waiting");
            }
            party().sendFile(file, there, outcome);
        });
    }

    /** Takes the file at {@code path} on this copter into its files in the hub. */
    void fetchFile(String path, Outcome outcome) {
        FilePlace place = files;
        if (place == null) {
            throw new IllegalStateException("a session has a place for files");
        }
        say(outcome, () -> {
            String there = CopterPath.at(copter(), path);
            String name = there.replaceFirst("^/+", "");
            party().fetch(there, () -> place.sink(name), gateway.settings().answerTimeout(), outcome);
        });
    }

    CleverParty party() {
        if (party == null) {
            throw new IllegalStateException("a session speaks through a party");
        }
        return party;
    }

    /** Another connection bears its id, or the hub stops. */
    void end(String why) {
        party().end(why);
    }

    // ---- what the engine says

    @Override
    public void connected(InetSocketAddress remote) {
        ask("id", value -> introduced(value instanceof Value.Str text ? text.value() : ""), why -> nameless());
    }

    /** Who speaks as a copter does is one, even if it does not say which; who says nothing is none. */
    private void nameless() {
        if (early.isEmpty()) {
            party().hangUp("it did not say who it is");
        } else {
            introduced("");
        }
    }

    private void introduced(String said) {
        boolean good = said.matches("[A-Za-z0-9_.-]{1,63}") && !said.equals(CleverMapping.ALL);
        id = good ? said : address;
        named = good;
        party().limits(CleverLimits.DEFAULT);
        if (!good) {
            LOG.warn("clever[{}] says no id that can be used, so its address stands for it", address);
        }
        online = true;
        since = bus.clock().millis();
        gateway.joined(this);
        LOG.info("clever[{}] joined from {}", id, address, EventCode.PARTY_JOINED);
        seat = new BusSeat(this, bus, loop, gateway.settings().answerTimeout(), gateway.secret());
        seat.take();
        publish(CleverMapping.state(id, true, address, "", since));
        early.forEach(this::say);
        early.clear();
        ask("clover_dir", value -> cloverDir = value instanceof Value.Str text ? text.value() : "", why -> {});
        sample(FIRST_SAMPLES);
    }

    /** Asks for the copter's clock, so many times at once and then now and then. */
    private void sample(int more) {
        long asked = loop.nanoTime();
        ask(
                "time",
                value -> {
                    if (value instanceof Value.Real told) {
                        clock.answered(asked, told.value(), loop.nanoTime());
                    }
                    sampleLater(more);
                },
                why -> sampleLater(1));
    }

    private void sampleLater(int more) {
        if (online && more > 1) {
            sample(more - 1);
        } else if (online) {
            sampling = loop.schedule(BETWEEN_SAMPLES, () -> sample(1));
        }
    }

    @Override
    public void disconnected(String why, boolean again) {
        reason = why;
        bus.counters().add(Counter.MALFORMED, party().count(CleverCount.BAD_FRAMES));
        if (sampling != null) {
            sampling.cancel();
        }
        if (seat != null) {
            seat.leave();
        }
        if (online) {
            online = false;
            since = bus.clock().millis();
            LOG.info("clever[{}] left: {}", id, reason, EventCode.PARTY_LEFT);
            publish(CleverMapping.state(id, false, address, reason, since));
        }
        gateway.left(this);
    }

    @Override
    public void unreachable(String why) {
        // copters connect to us
    }

    @Override
    public void action(CleverFrame.Action action, CleverReply reply) {
        reply.done(Value.Null.NULL);
        if (online) {
            say(action);
        } else if (early.size() < MAX_EARLY) {
            early.add(action);
        }
    }

    private void say(CleverFrame.Action action) {
        long now = bus.clock().millis();
        if (action.name().equals("telemetry") && action.kwargs().find("value") instanceof Value.Nested value) {
            telemetry = value.fields();
            telemetryAt = now;
            gateway.lastKnown().here(copter());
        }
        publish(CleverMapping.said(id, action, now, gateway.settings().telemetry()));
    }

    @Override
    public void request(CleverFrame.Request request, CleverReply reply) {
        if (seat == null) {
            reply.failed("this ground station does not know yet who asks");
        } else {
            seat.ask(request, reply);
        }
    }

    @Override
    public void fileReceived(String path, long bytes) {
        // the store says when it is there, and with what
    }

    @Override
    public void problem(String what) {
        LOG.debug("clever[{}] {}", id.isEmpty() ? address : id, what);
    }

    private void publish(Message message) {
        if (seat != null) {
            seat.publish(message);
        }
    }

    private void ask(String name, Consumer<Value> answered, Consumer<Failure> failed) {
        try {
            Question question = new Question(name, List.of(), Fields.EMPTY, true, Optional.of(INTRODUCTION));
            party().request(question, INTRODUCTION, new Outcome() {
                @Override
                public void done(Value value) {
                    answered.accept(value);
                }

                @Override
                public void failed(Failure why) {
                    if (party().isConnected()) {
                        failed.accept(why);
                    }
                }
            });
        } catch (ProtocolException e) {
            throw new IllegalStateException("'" + name + "' can be said", e);
        }
    }
}
