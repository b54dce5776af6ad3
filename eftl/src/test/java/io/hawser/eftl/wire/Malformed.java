package io.hawser.eftl.wire;

import java.util.Optional;

/** Reads what should not be readable. */
final class Malformed {
    private Malformed() {}

    /** How the codec refuses {@code text} as a client's frame, empty if it does not. */
    static Optional<ProtocolException> of(EftlCodec codec, byte[] text) {
        try {
            codec.readClient(text);
            return Optional.empty();
        } catch (ProtocolException refused) {
            return Optional.of(refused);
        }
    }

    /** How the codec refuses {@code text} as a server's frame, empty if it does not. */
    static Optional<ProtocolException> ofServer(EftlCodec codec, byte[] text) {
        try {
            codec.readServer(text);
            return Optional.empty();
        } catch (ProtocolException refused) {
            return Optional.of(refused);
        }
    }
}
