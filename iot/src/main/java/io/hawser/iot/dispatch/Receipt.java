package io.hawser.iot.dispatch;

import io.hawser.iot.wire.IotMessage;
import java.util.concurrent.CompletableFuture;

/**
 * What a program holds for a message that the dispatcher took. Its futures complete on the callback executor, so never wait for
 * one there; cancelling them changes nothing.
 */
public interface Receipt {
    /** The message, with the client id that it was given if it had none. */
    IotMessage message();

    /**
     * Whether the message is safe. Without guaranteed delivery, or where nothing is kept, it is complete from the start and means
     * no more than "queued". Else it completes when the message is on disk and survives a kill, or is delivered. If it cannot be
     * kept, this fails with a {@link DispatchException} for {@link DispatchException.Reason#NOT_KEPT}; the message is queued all
     * the same.
     */
    CompletableFuture<Void> accepted();

    /**
     * Completes when the server has accepted the message; else fails with what {@link ErrorCallback#failed} hears, or, for a
     * message that lies on disk when the dispatcher closes, with {@link DispatchException.Reason#KEPT}.
     */
    CompletableFuture<Void> delivered();
}
