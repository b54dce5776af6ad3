package io.hawser.ivy.engine;

import io.hawser.core.match.Captures;
import io.hawser.ivy.wire.IvyFrame;
import io.hawser.ivy.wire.IvyHello;
import io.hawser.ivy.wire.IvyLimits;
import io.hawser.ivy.wire.ProtocolException;
import io.hawser.net.line.LineConnection;
import io.hawser.net.line.LineHandler;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One connection to another agent: it sends our handshake, hears theirs, then passes frames on. All state belongs to the
 * mesh's loop.
 *
 * <p>An agent is ready at type 5. One that forgets it is taken as ready at its first frame that belongs to no handshake, or
 * when the handshake's time is over ({@code specs/ivy.md} 1.5).
 */
final class PeerLink implements LineHandler, IvyFrame.Handler {
    private static final String NAMELESS = "unnamed";

    private final IvyMesh mesh;
    private final Optional<IvyHello> hello;
    private final Map<Integer, String> subscriptions = new LinkedHashMap<>();
    private @Nullable LineConnection connection;
    private @Nullable InetSocketAddress identity;
    /** Who speaks here, once ready; a second connection to the same agent leads to the same peer. */
    private @Nullable IvyPeer peer;

    private String name = "";
    private boolean spoke;
    private boolean complained;
    private boolean over;

    /** A connection that came in. */
    PeerLink(IvyMesh mesh) {
        this.mesh = mesh;
        this.hello = Optional.empty();
    }

    /** A connection to the newcomer that said {@code hello}, which listens at {@code identity}. */
    PeerLink(IvyMesh mesh, IvyHello hello, InetSocketAddress identity) {
        this.mesh = mesh;
        this.hello = Optional.of(hello);
        this.identity = identity;
        this.name = hello.name();
    }

    // ---- what the mesh asks

    /** What the other side said when it came, if we heard it and connected. */
    Optional<IvyHello> hello() {
        return hello;
    }

    /** True if the other side is, or claims to be, the agent that listens at {@code address}. */
    boolean leadsTo(InetSocketAddress address) {
        return address.equals(identity);
    }

    /** True if the other side is known to be the agent that said {@code hello}, be it from another address of its machine. */
    boolean isAgent(IvyHello hello) {
        String id = peer == null ? this.hello.map(IvyHello::id).orElse("") : peer.id();
        return !id.isEmpty() && id.equals(hello.id()) && identity().getPort() == hello.port();
    }

    /** Where the other side listens; its end of the connection if it never said. */
    InetSocketAddress identity() {
        if (identity != null) {
            return identity;
        }
        return connection == null ? new InetSocketAddress(0) : connection.remote();
    }

    String name() {
        return name.isEmpty() ? NAMELESS : name;
    }

    Map<Integer, String> subscriptions() {
        return Collections.unmodifiableMap(subscriptions);
    }

    @Nullable
    IvyPeer peer() {
        return peer;
    }

    void belongsTo(IvyPeer owner) {
        peer = owner;
    }

    boolean opened() {
        return connection != null;
    }

    boolean over() {
        return over;
    }

    boolean canTakeMore() {
        return connection != null && connection.writable();
    }

    long unsent() {
        return connection == null ? 0 : connection.unsent();
    }

    void reading(boolean on) {
        if (connection != null) {
            connection.reading(on);
        }
    }

    /** Sends what must arrive if the agents are to understand each other; an agent too slow even for that is cut off. */
    void sendState(byte[] lines) {
        if (connection == null || over) {
            return;
        }
        if (unsent() > mesh.limits().maxUnsentBytes()) {
            mesh.gone(this, "it reads too slowly to learn of our subscriptions");
            hangUp();
            return;
        }
        connection.send(lines);
    }

    /** Sends {@code frame} unless too much is unsent. */
    void sendOptional(IvyFrame frame) {
        byte[] line = mesh.write(frame);
        if (connection != null && !over && unsent() <= mesh.limits().maxUnsentBytes()) {
            connection.send(line);
        }
    }

    boolean text(int theirs, Captures captures) {
        if (connection == null || over || unsent() > mesh.limits().maxUnsentBytes()) {
            mesh.tally(IvyCount.TEXTS_DROPPED);
            return false;
        }
        try {
            connection.send(mesh.codec().text(theirs, captures.size(), captures::get));
        } catch (ProtocolException e) {
            mesh.tally(IvyCount.TEXTS_UNSENDABLE);
            return false;
        }
        mesh.tally(IvyCount.TEXTS_OUT);
        return true;
    }

    void bye(String reason) {
        if (connection != null && !over) {
            connection.send(mesh.write(new IvyFrame.Bye(reason)));
        }
        hangUp();
    }

    /** Closes without a word and hears nothing more. */
    void hangUp() {
        over = true;
        if (connection != null) {
            connection.close();
        }
    }

    // ---- what the connection says

    @Override
    public void opened(LineConnection opened) {
        connection = opened;
        if (!mesh.accepts(this)) {
            hangUp();
            return;
        }
        opened.send(mesh.handshake());
        opened.loop().schedule(mesh.limits().handshakeTimeout(), this::handshakeIsLate);
    }

    @Override
    public void line(byte[] line) {
        if (over) {
            return;
        }
        try {
            IvyFrame frame = mesh.codec().read(line);
            spoke = true;
            if (peer != null && current()) {
                peer.heard();
            }
            frame.to(this);
        } catch (ProtocolException e) {
            mesh.tally(IvyCount.BAD_LINES);
            // ivy-java's own Error frames are malformed (specs/ivy.md D-13), and an Error is never answered.
            if (line.length == 0 || line[0] != '3') {
                complain(e.code(), e.reason());
            }
        }
    }

    @Override
    public void tooLong(int limit) {
        mesh.tally(IvyCount.LONG_LINES);
        complain(ProtocolException.OVER_LIMIT, "a line is longer than " + limit + " bytes");
    }

    @Override
    public void writable() {
        if (current() && peer != null) {
            mesh.events().writable(peer);
        }
    }

    @Override
    public void closed(String reason) {
        over = true;
        mesh.gone(this, reason.isEmpty() ? "the connection was closed" : reason);
    }

    // ---- what the other agent says

    @Override
    public void bye(IvyFrame.Bye frame) {
        if (peer != null) {
            mesh.parted(peer);
        }
        mesh.gone(this, frame.reason().isEmpty() ? "it said goodbye" : "it said goodbye: " + frame.reason());
        hangUp();
    }

    @Override
    public void subscribe(IvyFrame.Subscribe frame) {
        IvyLimits limits = mesh.limits();
        String before = subscriptions.get(frame.id());
        if (frame.regexp().equals(before)) {
            return;
        }
        if (before == null && subscriptions.size() >= limits.maxSubscriptionsPerAgent()) {
            mesh.tally(IvyCount.BAD_LINES);
            complain(
                    ProtocolException.OVER_LIMIT,
                    "more than " + limits.maxSubscriptionsPerAgent() + " subscriptions; take some back first");
            return;
        }
        if (before != null) {
            unsubscribe(new IvyFrame.Unsubscribe(frame.id()));
        }
        subscriptions.put(frame.id(), frame.regexp());
        if (current() && peer != null) {
            mesh.events().subscribed(peer, frame.id(), frame.regexp());
        }
    }

    @Override
    public void unsubscribe(IvyFrame.Unsubscribe frame) {
        if (subscriptions.remove(frame.id()) != null && current() && peer != null) {
            mesh.events().unsubscribed(peer, frame.id());
        }
    }

    @Override
    public void text(IvyFrame.Text frame) {
        if (ready() && peer != null) {
            mesh.tally(IvyCount.TEXTS_IN);
            mesh.events().received(peer, frame.subscription(), frame.captures());
        }
    }

    @Override
    public void problem(IvyFrame.Problem frame) {
        if (peer != null) {
            mesh.events().problem(peer, frame.code(), frame.reason());
        }
    }

    @Override
    public void endOfSubscriptions(IvyFrame.EndOfSubscriptions frame) {
        ready();
    }

    @Override
    public void peerId(IvyFrame.PeerId frame) {
        if (peer != null || connection == null) {
            return;
        }
        name = frame.name().isEmpty() ? name : frame.name();
        if (identity == null && frame.port() > 0) {
            identity = new InetSocketAddress(connection.remote().getAddress(), frame.port());
        }
    }

    @Override
    public void direct(IvyFrame.Direct frame) {
        if (ready() && peer != null) {
            mesh.events().direct(peer, frame.number(), frame.text());
        }
    }

    @Override
    public void die(IvyFrame.Die frame) {
        if (ready() && peer != null) {
            mesh.events().die(peer, frame.number(), frame.reason());
        }
    }

    @Override
    public void ping(IvyFrame.Ping frame) {
        sendOptional(new IvyFrame.Pong(frame.id()));
    }

    @Override
    public void pong(IvyFrame.Pong frame) {
        if (peer != null) {
            mesh.events().pong(peer, frame.id());
        }
    }

    // ---- inside

    private boolean ready() {
        if (peer == null) {
            mesh.ready(this);
        }
        return !over;
    }

    /** True if this is the connection that its peer uses. */
    private boolean current() {
        return peer != null && peer.link() == this;
    }

    private void handshakeIsLate() {
        if (over || peer != null) {
            return;
        }
        if (spoke) {
            mesh.ready(this);
        } else {
            mesh.gone(this, "it said nothing");
            hangUp();
        }
    }

    /** At most one Error frame in a while, so that two agents never quarrel. */
    private void complain(int code, String reason) {
        mesh.noteTrouble(show(identity(), name()), reason);
        if (complained || connection == null) {
            return;
        }
        complained = true;
        sendOptional(new IvyFrame.Problem(code, reason));
        connection.loop().schedule(mesh.limits().complaintPause(), () -> complained = false);
    }

    /** {@code ip:port (name)}, with nothing in it that could forge a line of a log. */
    static String show(InetSocketAddress address, String name) {
        return address.getAddress().getHostAddress() + ":" + address.getPort() + " ("
                + name.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?") + ")";
    }
}
