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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The polls that wait for commands: at most one a device or gateway, the newest. An older one is answered that there is nothing.
 * Owner: the gateway's loop.
 */
final class Mailboxes {
    private static final IotCodec CODEC = new IotCodec(IotLimits.DEFAULT);
    /** Never an empty body: the original JavaScript library takes that for an error ({@code specs/iot.md} 1.7). */
    private static final HttpResponse NOTHING = HttpResponse.of(200, "application/json", "[]".getBytes(US_ASCII));

    private final Registry registry;
    private final Loop loop;
    private final Map<String, Waiting> waiting = new HashMap<>();

    /** A poll that has not been answered. */
    private static final class Waiting {
        final String mailbox;
        final Poll poll;
        final IotCall call;
        final long end;
        /** Something may have come while it was being served. */
        boolean again;

        boolean over;

        Waiting(String mailbox, Poll poll, IotCall call, long end) {
            this.mailbox = mailbox;
            this.poll = poll;
            this.call = call;
            this.end = end;
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
            return;
        }
        Waiting wish = new Waiting(
                device.id(), poll, call, loop.nanoTime() + poll.hold().toNanos());
        if (!poll.hold().isZero()) {
            Waiting before = waiting.put(device.id(), wish);
            if (before != null) {
                answer(before, NOTHING);
            }
            Loop.Timer timer = loop.schedule(poll.hold(), () -> answer(wish, NOTHING));
            call.whenGone(() -> {
                timer.cancel();
                leave(wish);
            });
        }
        serve(wish);
    }

    /** True if a poll of {@code device} waits. */
    boolean isPolling(String device) {
        return waiting.containsKey(device);
    }

    /** Answers every poll that waits. */
    void close() {
        List.copyOf(waiting.values()).forEach(poll -> answer(poll, NOTHING));
    }

    /** Something came, or what was in the way of something has gone. */
    private void changed(Command command) {
        if (command.state() != CommandState.DELIVERED) {
            registry.devices()
                    .get(command.device())
                    .map(Device::mailbox)
                    .map(waiting::get)
                    .ifPresent(poll -> {
                        poll.again = true;
                        serve(poll);
                    });
        }
    }

    private void serve(Waiting wish) {
        wish.again = false;
        List<String> devices = new ArrayList<>(List.of(wish.mailbox));
        registry.devices().behind(wish.mailbox).forEach(device -> devices.add(device.id()));
        registry.commands().next(devices, wish.poll.acceptBytes()).whenComplete((handout, failure) -> {
            if (failure != null) {
                leave(wish);
                wish.call.fail(failure);
            } else if (!handout.commands().isEmpty()) {
                answer(wish, requests(handout));
            } else if (wish.end - loop.nanoTime() <= 0) {
                answer(wish, nothing(handout.needed()));
            } else if (wish.again) {
                serve(wish);
            }
        });
    }

    private void answer(Waiting wish, HttpResponse response) {
        if (!wish.over) {
            leave(wish);
            wish.call.answer(response);
        }
    }

    private void leave(Waiting wish) {
        wish.over = true;
        waiting.remove(wish.mailbox, wish);
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
