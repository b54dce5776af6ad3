package io.hawser.clever.wire;

/**
 * Frames to bytes and back, the same for both ends ({@code specs/clever.md} 1). Thread-safe.
 *
 * <p>A frame is read in two steps, as its header says how long its content is: {@link #head}, then {@link #read} with the
 * content, unless the content is a file or means nothing. Nothing but a {@link ProtocolException} comes out of bad bytes.
 */
public final class CleverCodec {
    private final HeadReader heads;
    private final FrameReader frames;

    /** A codec that reads no more than {@code limits} allow. */
    public CleverCodec(CleverLimits limits) {
        JsonReader json = new JsonReader(limits);
        this.heads = new HeadReader(json, limits);
        this.frames = new FrameReader(json);
    }

    /** What a header says, given without its two bytes of length. */
    public CleverHead head(byte[] header) throws ProtocolException {
        return heads.read(header);
    }

    /** The frame of {@code head}, which has neither stream nor skip, and its whole content. */
    public CleverFrame read(CleverHead head, byte[] content) throws ProtocolException {
        return frames.read(head, content);
    }

    /**
     * The bytes of {@code frame}; of a stream the header alone, behind which its content must be sent.
     *
     * @throws ProtocolException if it cannot be said: bytes among the values, or a name that is too long
     */
    public byte[] write(CleverFrame frame) throws ProtocolException {
        return FrameWriter.write(frame);
    }
}
