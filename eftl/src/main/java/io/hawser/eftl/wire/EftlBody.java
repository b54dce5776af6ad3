package io.hawser.eftl.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.hawser.core.value.Fields;
import java.io.IOException;
import java.util.Arrays;

/**
 * Message bodies: JSON with wrapped types to fields and back ({@code specs/eftl.md} 1.8). Thread-safe.
 *
 * <p>A body that is already written the way every client reads is handed on byte by byte; any other is written anew.
 * Both ways an error is a refusal with {@link EftlError#PUBLISH_FAILED}.
 */
public final class EftlBody {
    private final EftlLimits limits;
    private final JsonFactory factory;

    EftlBody(EftlLimits limits, JsonFactory factory) {
        this.limits = limits;
        this.factory = factory;
    }

    /** The body that {@code json}, an object in valid UTF-8, holds. */
    public Body decode(byte[] json) throws ProtocolException {
        try (JsonParser parser = factory.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw ProtocolException.refusal(EftlError.PUBLISH_FAILED, "a message must be a JSON object");
            }
            Body body = read(parser, json);
            if (parser.nextToken() != null) {
                throw ProtocolException.refusal(EftlError.PUBLISH_FAILED, "text after the message");
            }
            return body;
        } catch (IOException malformed) {
            throw ProtocolException.refusal(EftlError.PUBLISH_FAILED, Json.reason(malformed));
        }
    }

    /**
     * The body that says {@code fields}. Refused: names that are empty, too long, not Unicode or one of {@code _d_ _m_ _o_}, and
     * messages that are nested too deep.
     */
    public Body encode(Fields fields) throws ProtocolException {
        return new Body(fields, write(fields));
    }

    /** Reads the body whose opening brace is the current token of {@code parser}, which reads {@code text}. */
    Body read(JsonParser parser, byte[] text) throws IOException, ProtocolException {
        int start = (int) parser.currentLocation().getByteOffset() - 1;
        BodyReader reader = new BodyReader(parser, limits);
        Fields fields = reader.message();
        if (!reader.canonical()) {
            return new Body(fields, write(fields));
        }
        return new Body(fields, Arrays.copyOfRange(text, start, (int)
                parser.currentLocation().getByteOffset()));
    }

    private byte[] write(Fields fields) throws ProtocolException {
        JsonBytes out = new JsonBytes(128);
        new BodyWriter(out, limits).message(fields, 1);
        return out.take();
    }
}
