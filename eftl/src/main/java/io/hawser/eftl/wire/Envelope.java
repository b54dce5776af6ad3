package io.hawser.eftl.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of one frame, gathered in one pass in whatever order they stand; what they must be is asked later, by
 * {@link Members}, when the op is known. Unknown members are skipped. Belongs to the reading thread, which fills it once.
 */
final class Envelope {
    /** What is remembered as a scalar; {@code op}, {@code seq} and the structured members have places of their own. */
    private static final Set<String> SCALARS = Set.of(
            "protocol",
            "client_type",
            "client_version",
            "user",
            "password",
            "client_id",
            "id_token",
            "max_pending_acks",
            "id",
            "matcher",
            "durable",
            "ack",
            "type",
            "key",
            "stopped",
            "regexp",
            "del",
            "reason",
            "to",
            "req",
            "map",
            "timeout",
            "heartbeat",
            "max_size",
            "_qos",
            "_resume",
            "stop_supported",
            "err",
            "sid",
            "cnt",
            "reply_to",
            "_topic",
            "_from",
            "_time",
            "_hub",
            "_number",
            "_hops",
            "_receivers",
            "_hawser",
            "_map",
            "_prefix",
            "_since",
            "_rev",
            "_key",
            "_change",
            "prefix",
            "after");

    /** A member that holds a message: absent, read, or what is wrong with it. */
    record Part(@Nullable Body body, String failure) {
        static final Part ABSENT = new Part(null, "");
    }

    private final JsonParser parser;
    private final byte[] text;
    private final EftlBody bodies;
    private final EftlLimits limits;

    private @Nullable Value op;
    private @Nullable Value strangeSeq;
    private OptionalLong seq = OptionalLong.empty();
    private Part body = Part.ABSENT;
    private Part value = Part.ABSENT;
    private Map<String, String> options = Map.of();
    private String optionsFailure = "";
    private Fields.@Nullable Builder gathering;
    private Fields scalars = Fields.EMPTY;

    Envelope(JsonParser parser, byte[] text, EftlBody bodies, EftlLimits limits) {
        this.parser = parser;
        this.text = text;
        this.bodies = bodies;
        this.limits = limits;
    }

    /**
     * Reads the whole text and returns what is wrong with it as JSON or as a frame, empty if nothing is. What was read
     * before a failure can be asked for all the same.
     */
    String read() {
        try {
            return members();
        } catch (IOException malformed) {
            return Json.reason(malformed);
        } finally {
            if (gathering != null) {
                scalars = gathering.build();
            }
        }
    }

    private String members() throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return "a frame must be one JSON object";
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            member(name, parser.nextToken());
        }
        return parser.nextToken() == null ? "" : "text after the frame";
    }

    private void member(String name, JsonToken token) throws IOException {
        switch (name) {
            case "op" -> op = scalar(token);
            case "seq" -> seq(scalar(token));
            case "body" -> body = part(token, name);
            case "value" -> value = part(token, name);
            case "login_options" -> options(token);
            default -> {
                if (SCALARS.contains(name)) {
                    if (gathering == null) {
                        gathering = Fields.builder();
                    }
                    gathering.put(name, scalar(token));
                } else {
                    parser.skipChildren();
                }
            }
        }
    }

    private void seq(Value given) {
        seq = given instanceof Value.Int number ? OptionalLong.of(number.value()) : OptionalLong.empty();
        strangeSeq = given instanceof Value.Int ? null : given;
    }

    /** A scalar as it stands. Only integers in range are longs; an object or array becomes a message, which none wants. */
    private Value scalar(JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> new Value.Str(parser.getText());
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? new Value.Real(parser.getDoubleValue())
                        : new Value.Int(parser.getLongValue());
            case VALUE_NUMBER_FLOAT -> new Value.Real(parser.getDoubleValue());
            case VALUE_TRUE -> Value.Bool.TRUE;
            case VALUE_FALSE -> Value.Bool.FALSE;
            case VALUE_NULL -> Value.Null.NULL;
            default -> {
                parser.skipChildren();
                yield new Value.Nested(Fields.EMPTY);
            }
        };
    }

    private Part part(JsonToken token, String name) throws IOException {
        if (token == JsonToken.VALUE_NULL) {
            return Part.ABSENT;
        }
        if (token != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return new Part(null, name + " must be a JSON object");
        }
        JsonStreamContext envelope = parser.getParsingContext().getParent();
        try {
            return new Part(bodies.read(parser, text), "");
        } catch (ProtocolException refused) {
            while (parser.getParsingContext() != envelope) {
                parser.nextToken();
            }
            return new Part(null, refused.reason());
        }
    }

    /** Originals put strings and numbers of their own options here; what is structured tells nothing. */
    private void options(JsonToken token) throws IOException {
        options = new LinkedHashMap<>();
        optionsFailure = "";
        if (token != JsonToken.START_OBJECT) {
            optionsFailure = token == JsonToken.VALUE_NULL ? "" : "login_options must be a JSON object";
            parser.skipChildren();
            return;
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken option = parser.nextToken();
            if (!option.isScalarValue() || option == JsonToken.VALUE_NULL) {
                parser.skipChildren();
            } else if (!Utf8.fits(name, limits.maxNameBytes()) || !Utf8.fits(parser.getText(), limits.maxTextBytes())) {
                optionsFailure = "a login option is too long";
            } else if (options.size() >= limits.maxLoginOptions() && !options.containsKey(name)) {
                optionsFailure = "more than " + limits.maxLoginOptions() + " login options";
            } else {
                options.put(name, parser.getText());
            }
        }
    }

    /** The op as it stands, null if it is missing. */
    @Nullable
    Value op() {
        return op;
    }

    /** The sequence number, if there is one that is a long. */
    OptionalLong seq() {
        return seq;
    }

    /** What stands for a sequence number but is no long, null if there is no such thing. */
    @Nullable
    Value strangeSeq() {
        return strangeSeq;
    }

    Part body() {
        return body;
    }

    Part value() {
        return value;
    }

    Map<String, String> options() {
        return options;
    }

    String optionsFailure() {
        return optionsFailure;
    }

    /** A scalar member, null if it is missing or JSON null. */
    @Nullable
    Value scalar(String name) {
        Value given = scalars.find(name);
        return given == Value.Null.NULL ? null : given;
    }
}
