package io.hawser.eftl;

import io.hawser.eftl.engine.Delivery;
import io.hawser.eftl.engine.Failure;
import io.hawser.eftl.engine.SubscriptionEvents;
import java.util.concurrent.CompletableFuture;

/** Hears the engine and passes on to the program what concerns one subscription. Called on the loop. */
final class MessageEvents implements SubscriptionEvents {
    private final EftlConnection connection;
    private final Callbacks callbacks;
    private final EftlSubscription subscription;
    private final EftlMessageListener listener;
    private final CompletableFuture<EftlSubscription> confirmed = new CompletableFuture<>();

    MessageEvents(
            EftlConnection connection,
            Callbacks callbacks,
            EftlSubscription subscription,
            EftlMessageListener listener) {
        this.connection = connection;
        this.callbacks = callbacks;
        this.subscription = subscription;
        this.listener = listener;
    }

    /** Completes with the first answer of the server. */
    CompletableFuture<EftlSubscription> confirmed() {
        return confirmed;
    }

    @Override
    public void subscribed() {
        callbacks.tell(() -> confirmed.complete(subscription));
        callbacks.tell(() -> listener.subscribed(subscription));
    }

    @Override
    public void refused(Failure why, boolean forGood) {
        EftlException told = EftlException.of(why);
        callbacks.tell(() -> confirmed.completeExceptionally(told));
        callbacks.tell(() -> listener.refused(told, forGood));
    }

    @Override
    public void received(Delivery delivery) {
        callbacks.tell(() -> {
            try {
                if (!subscription.isClosed()) {
                    listener.received(EftlMessage.received(delivery));
                }
            } finally {
                connection.onLoop(engine -> engine.handled(delivery));
            }
        });
    }
}
