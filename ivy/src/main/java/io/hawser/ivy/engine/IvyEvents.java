package io.hawser.ivy.engine;

import java.util.List;

/** All that a mesh tells its composer. Called on the mesh's loop; must not block. */
public interface IvyEvents {
    /** {@code peer} has completed its handshake. Its subscriptions follow one by one, then {@link #ready}. */
    void joined(IvyPeer peer);

    /** All that {@code peer} subscribed to in its handshake has been told. */
    void ready(IvyPeer peer);

    /** {@code peer} is gone, and with it all its subscriptions; {@code reason} says how, in words. */
    void left(IvyPeer peer, String reason);

    /**
     * {@code peer} wants texts that match. Checking the regexp and answering a wrong one is the composer's business. A
     * former regexp under the same id has been told as {@link #unsubscribed}.
     */
    void subscribed(IvyPeer peer, int id, String regexp);

    /** {@code peer} no longer wants what it subscribed under {@code id}. */
    void unsubscribed(IvyPeer peer, int id);

    /** A text of {@code peer} matched our subscription {@code ours}, which may have been taken back meanwhile. */
    void received(IvyPeer peer, int ours, List<String> captures);

    /** {@code peer} says something to us alone. */
    void direct(IvyPeer peer, int number, String text);

    /** {@code peer} asks this program to end. */
    void die(IvyPeer peer, int number, String reason);

    /** {@code peer} could not take something that we sent. */
    void problem(IvyPeer peer, int code, String reason);

    /** {@code peer} answers our ping {@code id}. */
    void pong(IvyPeer peer, int id);

    /** {@link IvyPeer#writable()} is true again after it was false, or on another connection of {@code peer}. */
    void writable(IvyPeer peer);
}
