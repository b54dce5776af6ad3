package io.hawser.eftl.rest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.hawser.core.store.durable.DurableConsumer;
import io.hawser.core.store.durable.DurableInfo;
import io.hawser.core.store.durable.Durables;
import io.hawser.core.store.durable.StoredMessage;
import io.hawser.eftl.gateway.channel.EventTail;
import io.hawser.eftl.wire.ClientFrame.DurableType;
import io.hawser.net.Loop;
import io.hawser.net.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One poll of one durable. Owner: the exchange's loop, on which everything but {@link #stop} and {@link #ended} is called.
 *
 * <pre>
 *   look --messages wait--> take as many as fit --all came--> answer
 *     |                                                         ^
 *     +--none--> park, with credit for one --it came--> look ---+
 *                  |                                            |
 *                  +--time is up, another poll, the end---------+
 *
 *   answer --has left the hub--> acknowledge --+--> ended
 *      +-----caller is gone--------------------+
 * </pre>
 *
 * <p>It asks for no more than it will tell: what the store hands out and nobody is told would count as delivered.
 */
final class RestPoll implements DurableConsumer.Listener {
    /** How long the store may take for what waits; somebody else may have had it. */
    private static final Duration HAND_OUT = Duration.ofMillis(250);

    private final RestCall call;
    private final PollWish wish;
    private final long maxBytes;
    private final Durables durables;
    private final Polls polls;
    private final long begun;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final List<StoredMessage> told = new ArrayList<>();
    private CompletableFuture<Void> before = CompletableFuture.completedFuture(null);
    private @Nullable Place place;
    private @Nullable DurableConsumer consumer;
    private Loop.@Nullable Timer timer;
    private long bytes;
    private int credit;
    private boolean parked;
    private boolean over;

    RestPoll(RestCall call, PollWish wish, long maxBytes, Durables durables, Polls polls) {
        this.call = call;
        this.wish = wish;
        this.maxBytes = maxBytes;
        this.durables = durables;
        this.polls = polls;
        this.begun = call.loop().nanoTime();
    }

    /** Completes when nothing is held for this poll any more. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** Ends it, with what it has. Callable from any thread. */
    void stop() {
        call.loop().execute(this::answer);
    }

    /** The durable is there, or cannot be had. */
    void placed(@Nullable Place found, @Nullable Throwable failure) {
        if (found == null) {
            fail(failure == null ? new IllegalStateException("neither a durable nor a reason") : failure);
        } else if (over) {
            found.leave();
        } else if (wish.after().isPresent() && found.type() != DurableType.STANDARD) {
            found.leave();
            fail(call.invalid("after is for standard durables; what is read of any other is done with"));
        } else {
            place = found;
            if (found.type() == DurableType.STANDARD) {
                before = polls.turn(found.name(), this);
            }
            before.whenCompleteAsync((done, never) -> read(found), call.loop());
        }
    }

    private void read(Place from) {
        if (!over) {
            consumer = durables.consume(from.name(), call.loop(), this);
            look();
        }
    }

    private void look() {
        Place from = place;
        if (from != null && !over) {
            durables.find(from.name())
                    .whenCompleteAsync(
                            (found, failure) -> {
                                if (failure == null) {
                                    ask(found);
                                } else {
                                    fail(failure);
                                }
                            },
                            call.loop());
        }
    }

    private void ask(Optional<DurableInfo> found) {
        int waiting = found.map(DurableInfo::waiting).orElse(0);
        boolean none = waiting == 0;
        if (over) {
            return;
        }
        if (none && (!told.isEmpty() || left().isZero())) {
            answer();
            return;
        }
        parked = none;
        credit = none ? 1 : found.map(this::fits).orElse(1);
        if (consumer != null) {
            consumer.request(credit);
        }
        patience(none || left().compareTo(HAND_OUT) > 0 ? left() : HAND_OUT);
    }

    /** How many of the messages of {@code durable}, if they are about as long as all of them, can still be told. */
    private int fits(DurableInfo durable) {
        long each = Math.max(1, durable.bytes() / Math.max(1, durable.waiting() + durable.out()));
        long room = Math.max(1, (maxBytes - bytes) / each);
        return (int) Math.min(Math.min(durable.waiting(), wish.max() - told.size()), room);
    }

    private Duration left() {
        Duration left = wish.timeout().minusNanos(call.loop().nanoTime() - begun);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private void patience(Duration limit) {
        if (timer != null) {
            timer.cancel();
        }
        timer = call.loop().schedule(limit, this::answer);
    }

    @Override
    public void delivered(List<StoredMessage> messages) {
        if (over) {
            return;
        }
        credit -= messages.size();
        List<Long> read = new ArrayList<>();
        for (StoredMessage message : messages) {
            boolean known =
                    wish.after().isPresent() && message.id() <= wish.after().getAsLong();
            if (known || !polls.mayHear(call, message)) {
                read.add(message.id());
            } else {
                told.add(message);
                bytes += message.message().weight();
            }
        }
        if (consumer != null && !read.isEmpty()) {
            consumer.acknowledge(read);
        }
        goOn();
    }

    private void goOn() {
        boolean full = told.size() >= wish.max() || bytes >= maxBytes;
        boolean picture = place != null && place.type() == DurableType.LAST_VALUE;
        if (credit > 0) {
            patience(told.isEmpty() ? left() : HAND_OUT);
        } else if (told.isEmpty() || (parked && !full && !picture)) {
            look();
        } else {
            answer();
        }
    }

    @Override
    public void withdrawn(List<Long> ids) {
        if (!over) {
            told.removeIf(message -> ids.contains(message.id()));
        }
    }

    /** What was handed out goes out again to whoever took the durable over. */
    @Override
    public void displaced() {
        if (!over) {
            told.clear();
            answer();
        }
    }

    /** The caller went away before there was an answer. */
    void gone() {
        if (!over) {
            over = true;
            end();
        }
    }

    private void fail(Throwable failure) {
        if (!over) {
            over = true;
            call.fail(failure);
            end();
        }
    }

    /** With {@code after} the caller says itself what it has read; else what has left the hub is done with. */
    private void answer() {
        if (over) {
            return;
        }
        over = true;
        call.answer(HttpResponse.of(200, "application/json", text()), taken -> {
            if (taken && wish.after().isEmpty() && consumer != null) {
                consumer.acknowledge(told.stream().map(StoredMessage::id).toList());
            }
            end();
        });
    }

    private void end() {
        if (timer != null) {
            timer.cancel();
        }
        if (consumer != null) {
            consumer.close();
        }
        if (place != null) {
            place.leave();
            polls.endOfTurn(place.name(), this);
        }
        polls.leave(this);
        before.whenComplete((done, never) -> ended.complete(null));
    }

    private byte[] text() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("{\"messages\":[".getBytes(US_ASCII));
        for (int i = 0; i < told.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            out.writeBytes(EventTail.body(told.get(i).message()).json());
        }
        String deliveries = told.stream()
                .map(each -> "{\"sid\":" + each.id() + ",\"cnt\":" + each.deliveryCount() + "}")
                .collect(Collectors.joining(",", "],\"deliveries\":[", "]}\n"));
        out.writeBytes(deliveries.getBytes(US_ASCII));
        return out.toByteArray();
    }
}
