package io.hawser.eftl.engine;

/** All that an engine tells about one subscription. Called on the engine's loop; must not block. */
public interface SubscriptionEvents {
    /** It stands: for the first time, or again after a reconnect. */
    void subscribed();

    /** The server refused it, or took it away. Unless {@code forGood}, it is asked for again after the next reconnect. */
    void refused(Failure why, boolean forGood);

    /** An event for it. The composer calls {@link ClientEngine#handled} when the program is through with it. */
    void received(Delivery delivery);
}
