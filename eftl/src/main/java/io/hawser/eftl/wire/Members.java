package io.hawser.eftl.wire;

import io.hawser.core.value.Value;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The members of one frame with the types they must have; each failure answers the request or ends the connection as
 * befits the frame's op. JSON null is the same as absent.
 */
final class Members {
    private final Envelope envelope;
    private final EftlLimits limits;

    Members(Envelope envelope, EftlLimits limits) {
        this.envelope = envelope;
        this.limits = limits;
    }

    /** The op; numbers in text are no ops. */
    int op() throws ProtocolException {
        Value op = envelope.op();
        if (op instanceof Value.Int number) {
            return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number.value()));
        }
        throw failed(op == null || op == Value.Null.NULL ? "op is missing" : "op must be an integer");
    }

    OptionalLong seq() throws ProtocolException {
        Value strange = envelope.strangeSeq();
        if (strange != null && strange != Value.Null.NULL) {
            throw failed("seq must be an integer");
        }
        return envelope.seq();
    }

    long requiredSeq() throws ProtocolException {
        return seq().orElseThrow(() -> failed("seq is missing"));
    }

    /** The id of a subscription under {@code name}; without a good one there is none to answer for. */
    String subscription(String name) throws ProtocolException {
        String problem = idProblem(name);
        if (problem.isEmpty() && envelope.scalar(name) instanceof Value.Str id) {
            return id.value();
        }
        throw ProtocolException.refusal(EftlError.BAD_SUBSCRIPTION_ID, name + problem, request());
    }

    private String idProblem(String name) {
        Value given = envelope.scalar(name);
        if (given == null || given.equals(Value.of(""))) {
            return " is missing";
        }
        if (!(given instanceof Value.Str id)) {
            return " must be a string";
        }
        return Utf8.fits(id.value(), limits.maxIdBytes()) ? "" : " is longer than " + limits.maxIdBytes() + " bytes";
    }

    /** Text, empty if absent. */
    String text(String name, int maxBytes) throws ProtocolException {
        Value given = envelope.scalar(name);
        if (given == null) {
            return "";
        }
        if (!(given instanceof Value.Str text)) {
            throw failed(name + " must be a string");
        }
        if (!Utf8.fits(text.value(), maxBytes)) {
            throw failed(name + " is longer than " + maxBytes + " bytes");
        }
        return text.value();
    }

    /** Text that is not empty. */
    Optional<String> optional(String name, int maxBytes) throws ProtocolException {
        return Optional.of(text(name, maxBytes)).filter(text -> !text.isEmpty());
    }

    String required(String name, int maxBytes) throws ProtocolException {
        return optional(name, maxBytes).orElseThrow(() -> failed(name + " is missing"));
    }

    OptionalLong number(String name) throws ProtocolException {
        Value given = envelope.scalar(name);
        if (given == null) {
            return OptionalLong.empty();
        }
        if (given instanceof Value.Int number) {
            return OptionalLong.of(number.value());
        }
        throw failed(name + " must be an integer");
    }

    /** An integer of 32 bits, 0 if absent. */
    int smallNumber(String name) throws ProtocolException {
        long number = number(name).orElse(0);
        if (number != (int) number) {
            throw failed(name + " is out of range");
        }
        return (int) number;
    }

    /** A number of seconds, 0 if absent, rounded down. */
    long seconds(String name) throws ProtocolException {
        return envelope.scalar(name) instanceof Value.Real real
                ? (long) real.value()
                : number(name).orElse(0);
    }

    /** True and false come as JSON, as text and as 1 and 0, depending on the client. */
    boolean flag(String name, boolean absent) throws ProtocolException {
        Value given = envelope.scalar(name);
        if (given == null) {
            return absent;
        }
        if (given instanceof Value.Bool bool) {
            return bool.value();
        }
        String word = given instanceof Value.Str text ? text.value() : given.toString();
        return switch (word) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw failed(name + " must be true or false");
        };
    }

    ClientFrame.AckMode ackMode() throws ProtocolException {
        String word = text("ack", limits.maxNameBytes());
        for (ClientFrame.AckMode mode : ClientFrame.AckMode.values()) {
            if (mode.wire().equals(word)) {
                return mode;
            }
        }
        if (word.isEmpty()) {
            return ClientFrame.AckMode.AUTO;
        }
        throw failed("ack must be auto, client or none");
    }

    ClientFrame.DurableType durableType() throws ProtocolException {
        String word = text("type", limits.maxNameBytes());
        for (ClientFrame.DurableType type : ClientFrame.DurableType.values()) {
            if (type.wire().equals(word)) {
                return type;
            }
        }
        if (word.isEmpty()) {
            return ClientFrame.DurableType.STANDARD;
        }
        throw failed("type must be standard, shared or last-value");
    }

    Body body() throws ProtocolException {
        return optionalBody().orElseThrow(() -> failed("body is missing"));
    }

    Optional<Body> optionalBody() throws ProtocolException {
        return part(envelope.body());
    }

    Optional<Body> optionalValue() throws ProtocolException {
        return part(envelope.value());
    }

    Body value() throws ProtocolException {
        return optionalValue().orElseThrow(() -> failed("value is missing"));
    }

    private Optional<Body> part(Envelope.Part part) throws ProtocolException {
        if (!part.failure().isEmpty()) {
            throw failed(part.failure());
        }
        return Optional.ofNullable(part.body());
    }

    /** Where a message came from, as far as it is told. */
    ServerFrame.Origin origin() throws ProtocolException {
        Optional<String> hub = optional("_hub", limits.maxIdBytes());
        return new ServerFrame.Origin(
                optional("_topic", limits.maxTextBytes()),
                optional("_from", limits.maxTextBytes()),
                number("_time"),
                hub.isEmpty() ? Optional.empty() : Optional.of(passage(hub.get())));
    }

    private ServerFrame.Passage passage(String hub) throws ProtocolException {
        long number = number("_number").orElse(0);
        int hops = smallNumber("_hops");
        if (number <= 0 || hops <= 0) {
            throw failed("_number and _hops must be greater than 0");
        }
        return new ServerFrame.Passage(hub, number, hops);
    }

    Map<String, String> loginOptions() throws ProtocolException {
        if (!envelope.optionsFailure().isEmpty()) {
            throw failed(envelope.optionsFailure());
        }
        return envelope.options();
    }

    /** What to say about this frame: an answer where its op has one, else the end. */
    ProtocolException failed(String reason) {
        ProtocolException.Request request = request();
        @Nullable EftlError error = error(request.op());
        return error == null
                ? ProtocolException.fatal(EftlClose.PROTOCOL, reason, request)
                : ProtocolException.refusal(error, reason, request);
    }

    /**
     * The error that answers a bad frame with {@code op}, null if there is no answer. Op 9 has none: to a client it
     * would deny another publish.
     */
    private static @Nullable EftlError error(int op) {
        return switch (op) {
            case 3, 4, 6 -> EftlError.SUBSCRIPTION_INVALID;
            case 5 -> EftlError.BAD_SUBSCRIPTION_ID;
            case 7, 8, 15 -> EftlError.PUBLISH_FAILED;
            case 13, 14 -> EftlError.REQUEST_FAILED;
            case 16, 17, 18, 20, 22, 24, 26 -> EftlError.MAP_REQUEST_FAILED;
            case 28 -> EftlError.STOP_FAILED;
            case 30, 31 -> EftlError.START_FAILED;
            default -> null;
        };
    }

    private ProtocolException.Request request() {
        int op = envelope.op() instanceof Value.Int number && number.value() == (int) number.value()
                ? (int) number.value()
                : ProtocolException.NO_OP;
        String name = op == 7 || op == 31 ? "to" : "id";
        Optional<String> id = idProblem(name).isEmpty() && envelope.scalar(name) instanceof Value.Str text
                ? Optional.of(text.value())
                : Optional.empty();
        return new ProtocolException.Request(op, envelope.seq(), id);
    }
}
