package io.hawser.clever.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;

/** Reads headers: which of them end the connection, which frames mean nothing, and what the others are. Thread-safe. */
final class HeadReader {
    private static final String JSON = "json";

    private final JsonReader json;
    private final CleverLimits limits;

    HeadReader(JsonReader json, CleverLimits limits) {
        this.json = json;
        this.limits = limits;
    }

    CleverHead read(byte[] header) throws ProtocolException {
        Fields keys = json.object(header, UTF_8, "header");
        CleverHead.require(keys, Keys.BYTE_ORDER, "header");
        String contentType = text(keys, Keys.CONTENT_TYPE);
        String encoding = text(keys, Keys.CONTENT_ENCODING);
        String type = text(keys, Keys.MESSAGE_TYPE);
        long length = length(keys);
        Charset charset = contentType.equals(JSON) ? charset(encoding) : UTF_8;
        CleverHead plain = new CleverHead(length, charset, type, Optional.empty(), Optional.empty(), keys);
        CleverHead head = understood(plain, contentType.equals(JSON));
        long limit = head.stream().isPresent() ? limits.maxFileBytes() : limits.maxJsonBytes();
        if (length > limit) {
            throw ProtocolException.of("a content of " + length + " bytes is longer than the limit of " + limit);
        }
        return head;
    }

    private static CleverHead understood(CleverHead head, boolean isJson) throws ProtocolException {
        return switch (head.type()) {
            case Keys.MESSAGE -> message(head, isJson);
            case Keys.REQUEST -> isJson ? head : refused("a request is not JSON");
            case Keys.RESPONSE -> response(head, isJson);
            case Keys.EXTRA -> extra(head, isJson);
            default -> skipped(head, "unknown message type " + head.type());
        };
    }

    private static CleverHead message(CleverHead head, boolean isJson) throws ProtocolException {
        if (!head.require(Keys.ACTION).equals(Value.of(CleverFrame.FILE))) {
            return isJson ? head : refused("an action is not JSON");
        }
        Value path = head.require(Keys.FILE_PATH);
        if (isJson) {
            return refused("a file is not binary");
        }
        return path instanceof Value.Str text
                ? stream(head, new CleverFrame.Push(text.value(), head.length()))
                : skipped(head, "the path of a file is no text");
    }

    private static CleverHead response(CleverHead head, boolean isJson) throws ProtocolException {
        Value name = head.require(Keys.REQUESTED_VALUE);
        Value id = head.require(Keys.REQUEST_ID);
        if (isJson) {
            return head;
        }
        return name.equals(Value.of(CleverFrame.FILE))
                ? stream(head, new CleverFrame.FileAnswer(id, head.length()))
                : refused("a response is neither JSON nor a file");
    }

    private static CleverHead extra(CleverHead head, boolean isJson) {
        if (isJson) {
            return head;
        }
        Optional<String> transfer = head.text(Keys.EXTRA_ID);
        return transfer.isPresent() && head.keys().find(Keys.OFFSET) instanceof Value.Int offset
                ? stream(head, new CleverFrame.Chunk(transfer.get(), offset.value(), head.length()))
                : skipped(head, "a chunk without id and offset");
    }

    private static CleverHead stream(CleverHead head, CleverFrame.Stream frame) {
        return new CleverHead(
                head.length(), head.charset(), head.type(), Optional.of(frame), Optional.empty(), head.keys());
    }

    private static CleverHead skipped(CleverHead head, String why) {
        return new CleverHead(
                head.length(), head.charset(), head.type(), Optional.empty(), Optional.of(why), head.keys());
    }

    private static CleverHead refused(String why) throws ProtocolException {
        throw ProtocolException.of(why);
    }

    private static String text(Fields keys, String name) throws ProtocolException {
        return CleverHead.require(keys, name, "header") instanceof Value.Str text ? text.value() : "";
    }

    private static long length(Fields keys) throws ProtocolException {
        if (CleverHead.require(keys, Keys.CONTENT_LENGTH, "header") instanceof Value.Int length
                && length.value() >= 0) {
            return length.value();
        }
        throw ProtocolException.of("the header's " + Keys.CONTENT_LENGTH + " is no length");
    }

    /** Python knows more ways to write a name than Java does. */
    private static Charset charset(String name) throws ProtocolException {
        String plain = name.toLowerCase(Locale.ROOT).replace('_', '-');
        if (plain.equals("utf-8")) {
            return UTF_8;
        }
        try {
            return plain.equals("latin-1") ? ISO_8859_1 : Charset.forName(plain);
        } catch (IllegalArgumentException unknown) {
            throw ProtocolException.of("the header's " + Keys.CONTENT_ENCODING + " is unknown");
        }
    }
}
