package io.hawser.clever.engine;

import io.hawser.clever.wire.CleverFrame;
import io.hawser.core.value.Value;
import io.hawser.net.Loop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was asked and is not answered, in the order of asking. Owner: the party's loop. */
final class Asked {
    private final Loop loop;
    private final CleverParty party;
    private final Outbound outbound;
    private final Map<String, Pending> byId = new LinkedHashMap<>();
    private final Map<String, Pending> transfers = new HashMap<>();

    Asked(Loop loop, CleverParty party, Outbound outbound) {
        this.loop = loop;
        this.party = party;
        this.outbound = outbound;
    }

    /** Asks it when its turn comes, and waits for the answer from now on. */
    void ask(Pending pending) {
        pending.since = loop.nanoTime();
        byId.put(pending.id, pending);
        pending.fetch.ifPresent(fetch -> transfers.put(fetch.transfer(), pending));
        startClock(pending);
        Parcel parcel = parcel(pending);
        outbound.expires(parcel, pending.question);
        outbound.queue(parcel);
    }

    private void startClock(Pending pending) {
        pending.clock = loop.schedule(pending.patience, () -> {
            party.tally(CleverCount.UNANSWERED);
            String what = pending.question.name() + " was not answered within " + pending.patience;
            fail(pending, new Failure(Failure.Kind.TIMEOUT, what));
        });
    }

    /** What brings {@code pending} to the peer. */
    private Parcel parcel(Pending pending) {
        boolean ofOurs = pending.kind == Pending.Kind.ACKNOWLEDGEMENT;
        Parcel parcel = new Parcel(
                Parcel.Kind.REQUEST,
                pending.question.urgent(),
                ofOurs,
                pending.frame.length,
                to -> {
                    pending.parcel = null;
                    if (ofOurs && !to.ours()) {
                        fail(
                                pending,
                                new Failure(
                                        Failure.Kind.UNSUPPORTED,
                                        "only peers of ours say that an action is done; this one is none"));
                    } else {
                        outbound.hand(to, pending.frame);
                    }
                },
                why -> fail(pending, why));
        pending.parcel = parcel;
        return parcel;
    }

    /** All of them, as they are now. */
    List<Pending> all() {
        return List.copyOf(byId.values());
    }

    /** An answer has come. One to nothing, or to another name, is the peer's mistake ({@code specs/clever.md} 1.6). */
    void answered(CleverFrame.Response answer) {
        Pending pending = find(answer.id());
        if (pending == null || !pending.question.name().equals(answer.name())) {
            party.unexpected("an answer came to no request: " + answer.name());
        } else if (answer.error().isPresent()) {
            fail(pending, new Failure(Failure.Kind.REFUSED, answer.error().get()));
        } else if (pending.fetch.isPresent()) {
            fail(pending, new Failure(Failure.Kind.REFUSED, "the peer answered without a file"));
        } else {
            forget(pending);
            pending.outcome.done(answer.value());
        }
    }

    void acknowledged(CleverFrame.Extra word) {
        Pending pending = byId.get(word.id());
        if (pending == null || pending.kind != Pending.Kind.ACKNOWLEDGEMENT) {
            party.unexpected("an acknowledgement came of nothing");
        } else if (word.said().has("error")) {
            fail(pending, new Failure(Failure.Kind.REFUSED, CleverLink.text(word, "error")));
        } else {
            forget(pending);
            pending.outcome.done(Value.Null.NULL);
        }
    }

    void progress(CleverFrame.Extra word) {
        Pending pending = byId.get(word.id());
        Value value = word.said().find("value");
        if (pending != null && value != null) {
            pending.outcome.progress(value);
        }
    }

    /** The request of a file that is answered by {@code id}. */
    Optional<Pending> fetch(Value id) {
        return Optional.ofNullable(find(id)).filter(pending -> pending.fetch.isPresent());
    }

    /** The request of a file that comes as {@code transfer}. */
    Optional<Pending> transfer(String transfer) {
        return Optional.ofNullable(transfers.get(transfer));
    }

    void forget(Pending pending) {
        pending.stopClock();
        byId.remove(pending.id);
        pending.fetch.ifPresent(fetch -> transfers.remove(fetch.transfer()));
        if (pending.parcel != null) {
            outbound.takeBack(pending.parcel);
        }
    }

    void fail(Pending pending, Failure why) {
        if (byId.get(pending.id) == pending) {
            forget(pending);
            pending.outcome.failed(why);
        }
    }

    void failAll(Failure why) {
        all().forEach(pending -> fail(pending, why));
    }

    /**
     * The connection is lost: what cannot be asked again fails.
     *
     * @return what has to be asked again, in order
     */
    List<Parcel> lost(boolean again, Failure why) {
        List<Parcel> repeated = new ArrayList<>();
        for (Pending pending : all()) {
            boolean sent = pending.parcel == null;
            boolean waits = again && (pending.kind == Pending.Kind.REQUEST || !sent);
            if (!waits || pending.kind == Pending.Kind.PING) {
                fail(pending, why);
            } else if (sent) {
                if (pending.clock == null) {
                    startClock(pending);
                }
                repeated.add(parcel(pending));
            }
        }
        return repeated;
    }

    private @Nullable Pending find(Value id) {
        return id instanceof Value.Str text ? byId.get(text.value()) : null;
    }
}
