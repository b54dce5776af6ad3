package io.hawser.eftl.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.hawser.core.match.ContentMatcher;
import java.io.IOException;

/**
 * Frames to bytes and back, for both sides of a connection ({@code specs/eftl.md} 1). Thread-safe.
 *
 * <p>Text is one WebSocket message in valid UTF-8. Reading gives a frame or a {@link ProtocolException}, nothing else;
 * unknown members are skipped, unknown ops become {@code Unknown} frames. Writing cannot fail.
 */
public final class EftlCodec {
    private final EftlLimits limits;
    private final JsonFactory factory;
    private final EftlBody bodies;
    private final MatcherText matchers;
    private final ClientReader clientReader;
    private final ServerReader serverReader;

    /** A codec that reads no more than {@code limits} allow. */
    public EftlCodec(EftlLimits limits) {
        this.limits = limits;
        this.factory = Json.factory(limits);
        this.bodies = new EftlBody(limits, factory);
        this.matchers = new MatcherText(limits, factory);
        this.clientReader = new ClientReader(limits);
        this.serverReader = new ServerReader(limits);
    }

    /** What a client said. */
    public ClientFrame readClient(byte[] text) throws ProtocolException {
        return clientReader.read(members(text));
    }

    /** Refuses what a client said, whatever it is, in the way that its kind of request is answered, because of {@code reason}. */
    public ProtocolException refusal(byte[] text, String reason) {
        try {
            return members(text).failed(reason);
        } catch (ProtocolException unreadable) {
            return unreadable;
        }
    }

    /** What a server said. */
    public ServerFrame readServer(byte[] text) throws ProtocolException {
        return serverReader.read(members(text));
    }

    /** The text of a client's frame. */
    public byte[] write(ClientFrame frame) {
        return ClientWriter.write(frame);
    }

    /** The text of a server's frame. */
    public byte[] write(ServerFrame frame) {
        return ServerWriter.write(frame);
    }

    /** The message bodies of these frames. */
    public EftlBody bodies() {
        return bodies;
    }

    /**
     * The matcher that {@code text}, from {@link ClientFrame.Subscribe#matcher}, says.
     *
     * @throws ProtocolException a refusal with {@link EftlError#SUBSCRIPTION_INVALID} and a reason; it does not know the
     *     subscription
     */
    public ContentMatcher matcher(String text) throws ProtocolException {
        return matchers.read(text);
    }

    private Members members(byte[] text) throws ProtocolException {
        try (JsonParser parser = factory.createParser(text)) {
            Envelope envelope = new Envelope(parser, text, bodies, limits);
            String problem = envelope.read();
            Members members = new Members(envelope, limits);
            if (!problem.isEmpty()) {
                throw members.failed(problem);
            }
            return members;
        } catch (IOException unreadable) {
            throw ProtocolException.fatal(
                    EftlClose.PROTOCOL, Json.reason(unreadable), ProtocolException.Request.UNKNOWN);
        }
    }
}
