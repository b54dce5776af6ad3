package io.hawser.eftl;

import io.hawser.eftl.wire.ClientFrame.AckMode;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** One subscription as the client's engine knows it. Owner: the loop. */
final class ClientSubscription {
    private final SubscribeOptions options;
    private final Consumer<EftlMessage> listener;
    private final CompletableFuture<EftlSubscription> confirmed;
    private final CompletableFuture<EftlException> ended = new CompletableFuture<>();
    private long lastSeq;
    private long handled;
    private boolean acknowledging;

    ClientSubscription(
            SubscribeOptions options, Consumer<EftlMessage> listener, CompletableFuture<EftlSubscription> confirmed) {
        this.options = options;
        this.listener = listener;
        this.confirmed = confirmed;
    }

    Consumer<EftlMessage> listener() {
        return listener;
    }

    CompletableFuture<EftlSubscription> confirmed() {
        return confirmed;
    }

    CompletableFuture<EftlException> ended() {
        return ended;
    }

    boolean acknowledgesByItself() {
        return options.ack() == AckMode.AUTO;
    }

    /** False if the event {@code seq} was here before ({@code specs/eftl.md} 1.5). */
    boolean isNew(long seq) {
        boolean news = seq > lastSeq;
        lastSeq = Math.max(lastSeq, seq);
        return news;
    }

    /** The listener has returned from the event {@code seq}. True if nobody is about to acknowledge yet. */
    boolean handled(long seq) {
        handled = Math.max(handled, seq);
        boolean first = !acknowledging;
        acknowledging = true;
        return first;
    }

    /** The highest event that the listener has returned from, to be acknowledged now. */
    long acknowledge() {
        acknowledging = false;
        return handled;
    }
}
