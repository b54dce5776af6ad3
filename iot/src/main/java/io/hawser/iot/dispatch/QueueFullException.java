package io.hawser.iot.dispatch;

/** The outgoing queue has no room for all the messages, so it took none of them. */
public final class QueueFullException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    QueueFullException(int count, long bytes, QueueRoom room) {
        super("the queue is full: " + count + " messages of " + bytes + " bytes do not fit beside " + room
                + "; wait until some are delivered, or raise dispatcher_max_queue_size");
    }
}
