package io.hawser.iot.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.hawser.iot.gateway.call.IotCall;
import io.hawser.iot.registry.Device;
import io.hawser.iot.registry.Registry;
import io.hawser.iot.registry.command.Command;
import io.hawser.iot.registry.command.CommandState;
import io.hawser.iot.registry.command.Handout;
import io.hawser.iot.wire.IotCodec;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.IotMessage;
import io.hawser.net.Loop;
import io.hawser.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The polls that wait for commands. Of a device or gateway the newest counts; an older one is answered that there is nothing.
 *
 * <p>What is handed out is stored as delivered first, and a poll can end meanwhile: its time is up, or a newer one is there. It
 * is answered only when the store is done; what was handed out goes to the newest poll that takes as much. Owner: the gateway's
 * loop.
 */
final class Mailboxes {
    private static final IotCodec CODEC = new IotCodec(IotLimits.DEFAULT);
    /** Never an empty body: the original JavaScript library takes that for an error ({@code specs/iot.md} 1.7). */
    private static final HttpResponse NOTHING = HttpResponse.of(200, "application/json", "[]".getBytes(US_ASCII));

    private final Registry registry;
    private final Loop loop;
    private final Map<String, Mailbox> mailboxes = new HashMap<>();
    private int waiting;

    /** The polls of a device or gateway. */
    private static final class Mailbox {
        final String id;

        @Nullable
        Waiting newest;
        /** The one for which the store is at it. */
        @Nullable
        Waiting served;
        /** Something may have come meanwhile. */
        boolean again;

        Mailbox(String id) {
            this.id = id;
        }
    }

    /** A poll that has not been answered. */
    private static final class Waiting {
        final int acceptBytes;
        final IotCall call;

        Loop.@Nullable Timer timer;
        /** It is to be answered as soon as the store is done. */
        boolean ending;
        /** It is answered, or its caller is gone. */
        boolean over;
        /** How many bytes it should take to get what waits; 0 if that is not the reason. */
        int needed;

        Waiting(int acceptBytes, IotCall call) {
            this.acceptBytes = acceptBytes;
            this.call = call;
        }
    }

    Mailboxes(Registry registry, Loop loop) {
        this.registry = registry;
        this.loop = loop;
        registry.commands().listen(this::changed);
    }

    /** Answers {@code call} with what waits for {@code device}, now or when something does. */
    void poll(Device device, Poll poll, IotCall call) {
        if (poll.acceptBytes() == 0) {
            call.answer(NOTHING);
        } else if (poll.hold().isZero()) {
            call.after(
                    next(device.id(), poll.acceptBytes()),
                    handout ->
                            call.answer(handout.commands().isEmpty() ? nothing(handout.needed()) : requests(handout)));
        } else {
            hold(device.id(), new Waiting(poll.acceptBytes(), call), poll.hold());
        }
    }

    private void hold(String device, Waiting poll, Duration time) {
        Mailbox mailbox = mailboxes.computeIfAbsent(device, Mailbox::new);
        Waiting before = mailbox.newest;
        mailbox.newest = poll;
        waiting++;
        if (before != null) {
            end(mailbox, before);
        }
        poll.timer = loop.schedule(time, () -> end(mailbox, poll));
        poll.call.whenGone(() -> leave(mailbox, poll));
        serve(mailbox);
    }

    /** True if a poll of {@code device} waits. */
    boolean isPolling(String device) {
        Mailbox mailbox = mailboxes.get(device);
        return mailbox != null && mailbox.newest != null;
    }

    /** How many polls have not been answered. */
    int waiting() {
        return waiting;
    }

    /** Answers every poll that waits. */
    void close() {
        List.copyOf(mailboxes.values())
                .forEach(mailbox -> Optional.ofNullable(mailbox.newest).ifPresent(poll -> end(mailbox, poll)));
    }

    /** Something came, or what was in the way of something has gone. */
    private void changed(Command command) {
        if (command.state() != CommandState.DELIVERED) {
            registry.devices()
                    .get(command.device())
                    .map(Device::mailbox)
                    .map(mailboxes::get)
                    .ifPresent(this::serve);
        }
    }

    private void serve(Mailbox mailbox) {
        Waiting poll = mailbox.newest;
        if (mailbox.served != null) {
            mailbox.again = true;
        } else if (poll != null) {
            mailbox.again = false;
            mailbox.served = poll;
            next(mailbox.id, poll.acceptBytes)
                    .whenComplete((handout, failure) -> served(mailbox, poll, handout, failure));
        }
    }

    private CompletableFuture<Handout> next(String mailbox, int acceptBytes) {
        List<String> devices = new ArrayList<>(List.of(mailbox));
        registry.devices().behind(mailbox).forEach(device -> devices.add(device.id()));
        return registry.commands().next(devices, acceptBytes);
    }

    private void served(Mailbox mailbox, Waiting poll, @Nullable Handout handout, @Nullable Throwable failure) {
        mailbox.served = null;
        Waiting newest = mailbox.newest;
        boolean more = mailbox.again || newest != poll;
        if (handout == null) {
            leave(mailbox, poll);
            poll.call.fail(Objects.requireNonNull(failure));
        } else if (!handout.commands().isEmpty()) {
            Waiting taker = newest != null && newest.acceptBytes >= poll.acceptBytes ? newest : poll;
            answer(mailbox, taker, requests(handout));
        }
        poll.needed = handout == null ? 0 : handout.needed();
        if (poll.ending) {
            end(mailbox, poll);
        }
        if (more) {
            serve(mailbox);
        }
        forget(mailbox);
    }

    private void end(Mailbox mailbox, Waiting poll) {
        poll.ending = true;
        if (mailbox.served != poll) {
            answer(mailbox, poll, nothing(poll.needed));
        }
    }

    private void answer(Mailbox mailbox, Waiting poll, HttpResponse response) {
        if (!poll.over) {
            leave(mailbox, poll);
            poll.call.answer(response);
        }
    }

    private void leave(Mailbox mailbox, Waiting poll) {
        if (!poll.over) {
            poll.over = true;
            waiting--;
            Objects.requireNonNull(poll.timer).cancel();
        }
        if (mailbox.newest == poll) {
            mailbox.newest = null;
        }
        forget(mailbox);
    }

    private void forget(Mailbox mailbox) {
        if (mailbox.newest == null && mailbox.served == null) {
            mailboxes.remove(mailbox.id, mailbox);
        }
    }

    private static HttpResponse nothing(int needed) {
        return needed == 0 ? NOTHING : NOTHING.with("X-min-acceptBytes", String.valueOf(needed));
    }

    private static HttpResponse requests(Handout handout) {
        List<IotMessage> messages = new ArrayList<>();
        handout.commands().forEach(command -> messages.add(Requests.of(command)));
        return HttpResponse.of(200, "application/json", CODEC.write(messages));
    }
}
