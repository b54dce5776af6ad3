package io.hawser.clever.wire;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.nio.charset.Charset;
import java.util.Optional;

/**
 * One frame's header, understood ({@code specs/clever.md} 1.2).
 *
 * @param length how many bytes of content follow
 * @param charset of the content
 * @param type the message type
 * @param stream the frame itself, if its content is a file; then nothing is left to read
 * @param skip why the content means nothing, if so
 * @param keys all that the header says
 */
public record CleverHead(
        long length, Charset charset, String type, Optional<CleverFrame> stream, Optional<String> skip, Fields keys) {
    /** True if it is the word by which peers of ours are known. */
    public boolean hello() {
        return type.equals(Keys.EXTRA) && text(Keys.EXTRA_KIND).equals(Optional.of(ExtraKind.HELLO.word()));
    }

    /** The text under {@code name}, if there is one. */
    Optional<String> text(String name) {
        return keys.string(name);
    }

    /** The value under {@code name}. */
    Value require(String name) throws ProtocolException {
        return require(keys, name, "header");
    }

    static Value require(Fields fields, String name, String what) throws ProtocolException {
        Value value = fields.find(name);
        if (value == null) {
            throw ProtocolException.of("the " + what + " lacks " + name);
        }
        return value;
    }
}
