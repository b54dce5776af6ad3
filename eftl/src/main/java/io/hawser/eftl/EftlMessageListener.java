package io.hawser.eftl;

/**
 * Hears the messages of one subscription. Called on the connection's executor, one after the other; never wait there for a
 * future of the same connection, as it completes there too. What a listener throws is told to
 * {@link EftlConnectionListener#error}, and its subscription goes on.
 */
@FunctionalInterface
public interface EftlMessageListener {
    /** A message. Unless the program acknowledges by hand, it is acknowledged when this returns. */
    void received(EftlMessage message);

    /** The subscription stands: for the first time, or again after a reconnect. */
    default void subscribed(EftlSubscription subscription) {}

    /**
     * The server refused the subscription, or took it away.
     *
     * @param forGood false if it is asked for again after the next reconnect, as with any error but 22
     *     ({@code specs/eftl.md} 1.4)
     */
    default void refused(EftlException why, boolean forGood) {}
}
