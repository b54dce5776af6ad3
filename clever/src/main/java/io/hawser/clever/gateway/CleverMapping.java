package io.hawser.clever.gateway;

import io.hawser.clever.engine.Failure;
import io.hawser.clever.wire.CleverFrame;
import io.hawser.core.access.Principal;
import io.hawser.core.message.Ending;
import io.hawser.core.message.Headers;
import io.hawser.core.message.Message;
import io.hawser.core.message.ReplyTo;
import io.hawser.core.message.Source;
import io.hawser.core.message.Topic;
import io.hawser.core.store.object.ObjectInfo;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * From what copters say to the bus's messages, and back. Pure.
 *
 * <pre>
 *   a copter says action A      clever/COPTER/says/A        fields: its kwargs, and args if there are any
 *   a copter asks for N         clever/COPTER/asks/N        the same; answer: value, one field alone, or all of them
 *   a copter comes or goes      clever/COPTER/state         fields: state, address, reason
 *   a copter has sent a file    files/clever:COPTER/NAME    fields: owner, name, size, sha256, revision
 *   for one copter, or all      clever/COPTER/A, clever/all/A
 *   a request, with its answer  clever/COPTER/request/NAME  answer: value, or error
 * </pre>
 */
final class CleverMapping {
    /** What stands for all copters in a topic; no copter is called so. */
    static final String ALL = "all";

    static final String PROTOCOL = "clever";
    private static final String SAYS = "says";
    private static final String ASKS = "asks";
    private static final String STATE = "state";
    private static final String REQUEST = "request";
    private static final String ARGS = "args";
    private static final String FILES = "files";

    /** Who copters are for access rules: they have no users, so all are their gateway. */
    static final Principal PRINCIPAL = new Principal(PROTOCOL);

    private CleverMapping() {}

    /** Something to do or to answer, as a message on the bus wants it. */
    record Command(boolean request, String name, List<Value> args, Fields kwargs) {}

    /** What the copter {@code id} said. */
    static Message said(String id, CleverFrame.Action action, long time, TelemetryForm form) {
        Topic topic = Topic.of(PROTOCOL, id, SAYS, action.name());
        boolean spread = form == TelemetryForm.FIELDS && action.name().equals(Telemetry.ACTION);
        Fields kwargs = spread ? Telemetry.spread(action.kwargs()) : action.kwargs();
        return message(topic, id, time, fields(kwargs, action.args()));
    }

    /** What the copter {@code id} asks, to be answered at {@code address}. */
    static Message asked(String id, CleverFrame.Request request, ReplyTo address, long time) {
        Headers headers = new Headers(source(id), time, Optional.empty(), Optional.of(address), OptionalLong.empty());
        return Message.builder(Topic.of(PROTOCOL, id, ASKS, request.name()), headers)
                .fields(fields(request.kwargs(), request.args()));
    }

    /** What a copter is told that asked: {@code value}, the only field, or all of them. */
    static Value told(Message reply) {
        Fields fields = reply.fields();
        return fields.get("value").orElseGet(() -> fields.size() == 1 ? fields.value(0) : new Value.Nested(fields));
    }

    private static Fields fields(Fields kwargs, List<Value> args) {
        return args.isEmpty() || kwargs.has(ARGS)
                ? kwargs
                : kwargs.toBuilder().put(ARGS, new Value.Sequence(args)).build();
    }

    /** The copter {@code id} has come, or has gone for {@code reason}. */
    static Message state(String id, boolean online, String address, String reason, long time) {
        Fields.Builder fields =
                Fields.builder().put(STATE, online ? "online" : "offline").put("address", address);
        if (!reason.isEmpty()) {
            fields.put("reason", reason);
        }
        return message(Topic.of(PROTOCOL, id, STATE), id, time, fields.build());
    }

    /** A file of the copter {@code id} is in the store. */
    static Message file(String id, ObjectInfo file, long time) {
        String[] name = (file.name().owner() + "/" + file.name().name()).split("/", -1);
        Fields fields = Fields.builder()
                .put("owner", file.name().owner())
                .put("name", file.name().name())
                .put("size", file.size())
                .put("sha256", file.sha256())
                .put("revision", file.revision())
                .build();
        return message(Topic.of(FILES, name), id, time, fields);
    }

    /** Whose the files of the copter {@code id} are. */
    static String owner(String id) {
        return PROTOCOL + ":" + id;
    }

    /** What the copter {@code id} answers to who asked at {@code address}. */
    static Message answer(String id, ReplyTo address, Value value, long time) {
        return answer(id, address, Ending.DONE, Fields.of("value", value), time);
    }

    /** Why the copter {@code id} does not answer. */
    static Message failure(String id, ReplyTo address, Failure why, long time) {
        Ending ending =
                switch (why.kind()) {
                    case REFUSED, UNSUPPORTED -> Ending.REFUSED;
                    case TIMEOUT, EXPIRED -> Ending.EXPIRED;
                    case CLOSED -> Ending.ABSENT;
                    case OVERFLOW, FILE -> Ending.FAILED;
                };
        return answer(id, address, ending, Fields.of("error", Value.of(why.reason())), time);
    }

    private static Message answer(String id, ReplyTo address, Ending ending, Fields fields, long time) {
        Headers headers = Headers.answering(address, source(id), time, ending);
        return Message.builder(new Topic(address.inbox()), headers).fields(fields);
    }

    private static Message message(Topic topic, String id, long time, Fields fields) {
        return Message.builder(topic, new Headers(source(id), time, Optional.empty()))
                .fields(fields);
    }

    private static Source source(String id) {
        return new Source(PROTOCOL, id, origin(id));
    }

    /** What the copter {@code id} must not hear again. */
    static String origin(String id) {
        return PROTOCOL + "/" + Topic.segment(id);
    }

    /** The topics of commands for the copter {@code id}. */
    static List<String> topics(String id) {
        return List.of(origin(id) + "/*", origin(id) + "/" + REQUEST + "/*", PROTOCOL + "/" + ALL + "/*");
    }

    /** What {@code message}, which came on one of {@link #topics}, wants; empty if it is no command. */
    static Optional<Command> command(Message message) {
        String[] path = message.topic().text().split("/", -1);
        boolean request = path.length == 4 && path[2].equals(REQUEST);
        String name = path[path.length - 1];
        if (!request && List.of(STATE, SAYS, ASKS, REQUEST).contains(name)) {
            return Optional.empty();
        }
        Fields.Builder kwargs = Fields.builder();
        List<Value> args = List.of();
        Fields fields = message.fields();
        for (int i = 0; i < fields.size(); i++) {
            String field = fields.name(i);
            Value value = fields.value(i);
            if (field.equals(ARGS) && value instanceof Value.Sequence list) {
                args = list.values();
            } else if (!isOfAnotherProtocol(field, value)) {
                kwargs.put(field, value);
            }
        }
        return Optional.of(new Command(request, name, args, kwargs.build()));
    }

    /** eFTL's own fields begin with a low line; an empty text is what a publisher says who has nothing to say. */
    private static boolean isOfAnotherProtocol(String field, Value value) {
        return field.startsWith("_") || (field.equals(Message.TEXT) && value.equals(Value.of("")));
    }
}
