package io.hawser.ivy;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * An agent on the bus as ours sees it: a remote one, or ours itself ({@link IvyAgent#self}). Callable from any thread. Two are
 * equal if they are at the same address: an agent is known by its IP address and the port it listens on.
 *
 * <p>What is sent to one that has left is dropped. When our own agent is closed, everything that sends throws
 * IllegalStateException, but for {@link #send}.
 */
public sealed interface IvyClient permits RemoteClient, SelfClient {
    /** Its name; several agents may share one. */
    String name();

    /** Where it is and listens. */
    InetSocketAddress address();

    /** What it wants now: regexps by its own ids. A copy. */
    Map<Integer, String> regexps();

    /**
     * Sends {@code text} to it alone, if it wants it.
     *
     * @return how many of its regexps matched; 0 after the end
     * @throws IllegalArgumentException if {@code text} holds NUL, or LF without {@link IvyNewlines#ESCAPE}
     */
    int send(String text);

    /**
     * Says {@code text} to it, whatever it has subscribed ({@code specs/ivy.md} 1.4, type 7).
     *
     * @param number free; the other side is told it
     * @throws IllegalArgumentException if {@code text} holds LF or NUL, or is too long
     */
    void direct(int number, String text);

    /**
     * Says several parameters to it, each ended by ETX. Only agents of ours and those in Python take them apart
     * ({@code specs/ivy.md} 1.9); the others see one text with ETX in it.
     *
     * @param number free; the other side is told it
     * @throws IllegalArgumentException if a parameter holds LF, NUL or ETX, or all are too long
     */
    void direct(int number, List<String> parameters);

    /**
     * Tells it that something it sent was wrong ({@code specs/ivy.md} 1.4, type 3).
     *
     * @throws IllegalArgumentException if {@code reason} holds LF or NUL, or is too long
     */
    void error(int code, String reason);

    /** Asks its program to end, without a reason. */
    default void die() {
        die(0, "");
    }

    /**
     * Asks its program to end ({@code specs/ivy.md} 1.4, type 8). Only ivy-java and our own agents tell the reason.
     *
     * @param number free, mostly 0
     * @throws IllegalArgumentException if {@code reason} holds LF or NUL, or is too long
     */
    void die(int number, String reason);

    /**
     * Says goodbye to it alone and closes the connection; it meets us again only when one of us joins anew.
     *
     * @throws IllegalStateException if this is our own agent, which leaves by {@link IvyAgent#close}
     */
    void bye();

    /**
     * Asks for a sign of life.
     *
     * @return how long the answer took; completed on the callback executor, so never wait for it in a callback. Fails with
     *     a TimeoutException after {@link IvyAgent#PING_TIMEOUT}, or when it leaves. node-ivy dies of a ping
     *     ({@code specs/ivy.md} D-30).
     */
    CompletableFuture<Duration> ping();
}
