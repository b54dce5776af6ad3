package io.hawser.ivy.engine;

import io.hawser.core.match.Captures;
import io.hawser.ivy.wire.IvyFrame;
import io.hawser.ivy.wire.IvyHello;
import java.net.InetSocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One remote agent that is ready. Known by its IP address and the port it listens on ({@code specs/ivy.md} 1.8).
 *
 * <p>All state belongs to the mesh's loop; every method but {@link #name}, {@link #address} and {@link #toString} is called
 * there. What is sent to an agent that has left is dropped.
 */
public final class IvyPeer {
    private final IvyMesh mesh;
    private final String name;
    private final InetSocketAddress address;
    private PeerLink link;
    /** A second connection that may have to take over; see {@link IvyMesh}. */
    private @Nullable PeerLink spare;
    /** Why the connection before this one ended, until something is heard on this one. */
    private @Nullable String farewell;
    /** As its hello or a beacon says; empty if neither was heard. */
    private String id;
    /** It says beacons, so it is one of ours. */
    private boolean beacons;
    /** Ticks of ours since anything was heard of it. */
    private int silence;

    IvyPeer(IvyMesh mesh, PeerLink link) {
        this.mesh = mesh;
        this.link = link;
        this.name = link.name();
        this.address = link.identity();
        this.id = link.hello().map(IvyHello::id).orElse("");
    }

    /** Its name; several agents may share one. */
    public String name() {
        return name;
    }

    /** Where it is and listens. */
    public InetSocketAddress address() {
        return address;
    }

    /** What it wants now: regexps by its own ids. A view. */
    public Map<Integer, String> subscriptions() {
        return link.subscriptions();
    }

    /**
     * Sends the captures of a text that matched its subscription {@code theirs}.
     *
     * @return false if the text was dropped and counted: too much is unsent, or a capture cannot be put on the wire
     */
    public boolean send(int theirs, Captures captures) {
        return link.text(theirs, captures);
    }

    /**
     * Says something to it alone.
     *
     * @throws IllegalArgumentException if {@code text} holds LF or NUL, or is too long
     */
    public void direct(int number, String text) {
        link.sendOptional(new IvyFrame.Direct(number, text));
    }

    /**
     * Tells it that something it sent was wrong.
     *
     * @throws IllegalArgumentException if {@code reason} holds LF or NUL, or is too long
     */
    public void error(int code, String reason) {
        link.sendOptional(new IvyFrame.Problem(code, reason));
    }

    /**
     * Asks its program to end.
     *
     * @throws IllegalArgumentException if {@code reason} holds LF or NUL, or is too long
     */
    public void die(int number, String reason) {
        link.sendOptional(new IvyFrame.Die(number, reason));
    }

    /** Asks for a pong with the same id. */
    public void ping(int id) {
        link.sendOptional(new IvyFrame.Ping(id));
    }

    /** Says goodbye to it alone and closes the connection; {@link IvyEvents#left} follows at once. */
    public void bye() {
        mesh.parted(this);
        hangUpSpare();
        link.bye("");
        mesh.gone(link, "we said goodbye");
    }

    /** Closes the connection without a word; {@link IvyEvents#left} follows at once, with {@code reason}. */
    public void cut(String reason) {
        hangUpSpare();
        mesh.gone(link, reason);
        link.hangUp();
    }

    /** False while it reads more slowly than we write. */
    public boolean writable() {
        return link.canTakeMore();
    }

    /** Bytes that wait for it. */
    public long unsent() {
        return link.unsent();
    }

    /** {@code ip:port (name)}, safe for logs. */
    @Override
    public String toString() {
        return PeerLink.show(address, name);
    }

    PeerLink link() {
        return link;
    }

    @Nullable
    PeerLink spare() {
        return spare;
    }

    void keepSpare(PeerLink second) {
        spare = second;
    }

    void dropSpare() {
        spare = null;
    }

    void moveTo(PeerLink next, String reason) {
        link = next;
        spare = null;
        farewell = reason;
    }

    /** Something came in on the connection that is used. */
    void heard() {
        farewell = null;
        silence = 0;
    }

    /** As its hello or a beacon says; empty if neither was heard. */
    String id() {
        return id;
    }

    /** A beacon of it was heard. */
    void beaconed(String said) {
        id = said;
        beacons = true;
        silence = 0;
    }

    /** Once more nothing was heard of it; 0 if it never said a beacon, as the originals. */
    int silentAgain() {
        return beacons ? ++silence : 0;
    }

    /** Why it left: a spare that took over and was dead already has nothing to say about that. */
    String farewell(String reason) {
        return farewell == null ? reason : farewell;
    }

    private void hangUpSpare() {
        PeerLink second = spare;
        if (second != null) {
            spare = null;
            second.hangUp();
        }
    }
}
