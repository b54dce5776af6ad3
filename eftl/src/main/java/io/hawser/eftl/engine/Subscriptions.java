package io.hawser.eftl.engine;

import io.hawser.eftl.wire.ClientFrame;
import io.hawser.eftl.wire.EftlError;
import io.hawser.eftl.wire.ServerFrame;
import io.hawser.eftl.wire.ServerFrame.Event;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** All subscriptions of a client, in the order in which they were made. Owner: the loop. */
final class Subscriptions {
    private static final Failure TAKEN_BACK =
            Failure.closed(EftlError.SUBSCRIPTION_FAILED.code(), "taken back before the server had confirmed it");

    private final Map<String, ClientSubscription> byId = new LinkedHashMap<>();
    private final Consumer<ClientFrame> send;

    /** {@code send} says a frame to the server, and is not called while there is none. */
    Subscriptions(Consumer<ClientFrame> send) {
        this.send = send;
    }

    /** The subscription an event is for, if there is one. */
    Optional<ClientSubscription> find(String id) {
        return Optional.ofNullable(byId.get(id)).filter(subscription -> !subscription.isLeaving());
    }

    void add(ClientSubscription subscription, boolean connected) {
        byId.put(subscription.id(), subscription);
        if (connected) {
            send.accept(subscription.ask());
        }
    }

    /** Takes one back; without a connection, as soon as there is one. */
    void remove(String id, boolean delete, boolean connected) {
        find(id).ifPresent(subscription -> {
            if (connected) {
                byId.remove(id);
                send.accept(new ClientFrame.Unsubscribe(id, delete));
            } else {
                subscription.leave(delete);
            }
            if (!subscription.wasConfirmed()) {
                subscription.events().refused(TAKEN_BACK, true);
            }
        });
    }

    void removeAll(boolean delete, boolean connected) {
        List.copyOf(byId.keySet()).forEach(id -> remove(id, delete, connected));
    }

    void stop(String id, boolean connected) {
        find(id).ifPresent(subscription -> {
            if (subscription.stop() && connected) {
                send.accept(new ClientFrame.Stop(id, subscription.lastSeq()));
            }
        });
    }

    void start(String id, boolean connected) {
        find(id).ifPresent(subscription -> {
            if (subscription.start() && connected) {
                send.accept(new ClientFrame.Start(id));
            }
        });
    }

    /** The server numbers anew: nothing it says now has been here before. */
    void renumber() {
        byId.values().forEach(ClientSubscription::renumber);
    }

    /**
     * Asks for all of them again, in order, and takes back what was taken back meanwhile: a session that goes on knows it
     * still, and a durable that is to be deleted has to be subscribed once more for that.
     */
    void restore(boolean resumed) {
        for (ClientSubscription subscription : List.copyOf(byId.values())) {
            if (!subscription.isLeaving()) {
                send.accept(subscription.ask());
                continue;
            }
            byId.remove(subscription.id());
            boolean delete = subscription.takesDurableAlong();
            if (!resumed && delete) {
                send.accept(subscription.ask());
            }
            if (resumed || delete) {
                send.accept(new ClientFrame.Unsubscribe(subscription.id(), delete));
            }
        }
    }

    /** Op 4. */
    void subscribed(ServerFrame.Subscribed frame) {
        find(frame.id()).ifPresent(subscription -> {
            subscription.begins(frame.since());
            if (subscription.confirm()) {
                subscription.events().subscribed();
            }
        });
    }

    /**
     * Op 6. What never stood is gone: its program knows no handle to take it back with. Else only err 22 is for good
     * ({@code specs/eftl.md} 1.4).
     */
    void refused(ServerFrame.Unsubscribed frame) {
        find(frame.id()).ifPresent(subscription -> {
            boolean forGood =
                    !subscription.wasConfirmed() || frame.refusal().code() == EftlError.SUBSCRIPTION_INVALID.code();
            if (forGood) {
                byId.remove(frame.id());
            }
            if (subscription.refuse()) {
                subscription.events().refused(Failure.refused(frame.refusal()), forGood);
            }
        });
    }

    /** Op 31. */
    void started(String id) {
        find(id).ifPresent(ClientSubscription::started);
    }

    /** The connection has ended, and no other one is coming: those that never stood are gone. */
    void failUnconfirmed(Failure why) {
        for (ClientSubscription subscription : List.copyOf(byId.values())) {
            if (!subscription.wasConfirmed() && !subscription.isLeaving()) {
                byId.remove(subscription.id());
                subscription.events().refused(why, true);
            }
        }
    }

    /** The subscription that has to hear {@code event}, if one has. */
    Optional<ClientSubscription> taking(Event event) {
        Optional<ClientSubscription> taking = find(event.to())
                .filter(subscription -> event.seq().isPresent()
                        ? subscription.takes(event.seq().getAsLong())
                        : subscription.isStarted());
        taking.ifPresent(subscription -> subscription.reached(event));
        return taking;
    }
}
