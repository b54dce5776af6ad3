package io.hawser.core.message;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the bus knows of a message beside its topic and its fields.
 *
 * @param source where it came in
 * @param time when it came in, in milliseconds since 1970-01-01T00:00Z
 * @param channel the channel it is confined to; empty: it is on the open bus
 * @param replyTo where an answer goes; empty: none is wanted
 * @param answers the correlation of the request that it answers; empty: it answers none
 * @param passage how it came from another hub; empty: it was said to this one
 * @param ending how the request that it answers has ended
 */
public record Headers(
        Source source,
        long time,
        Optional<String> channel,
        Optional<ReplyTo> replyTo,
        OptionalLong answers,
        Optional<Passage> passage,
        Ending ending) {
    /** The headers of a message that came from another hub or was said to this one, and tells of no request that failed. */
    public Headers(
            Source source,
            long time,
            Optional<String> channel,
            Optional<ReplyTo> replyTo,
            OptionalLong answers,
            Optional<Passage> passage) {
        this(source, time, channel, replyTo, answers, passage, Ending.DONE);
    }

    /** The headers of a message that neither asks nor answers. */
    public Headers(Source source, long time, Optional<String> channel) {
        this(source, time, channel, Optional.empty(), OptionalLong.empty());
    }

    /** The headers of a message that was said to this hub, and may ask or answer. */
    public Headers(
            Source source, long time, Optional<String> channel, Optional<ReplyTo> replyTo, OptionalLong answers) {
        this(source, time, channel, replyTo, answers, Optional.empty());
    }

    /** The headers of what a party from {@code source} answers to the request that said {@code address}. */
    public static Headers answering(ReplyTo address, Source source, long time) {
        return answering(address, source, time, Ending.DONE);
    }

    /** The same, if the request ended like this. */
    public static Headers answering(ReplyTo address, Source source, long time, Ending ending) {
        return new Headers(
                source,
                time,
                Optional.of(address.inbox()),
                Optional.empty(),
                OptionalLong.of(address.correlation()),
                Optional.empty(),
                ending);
    }

    /** The headers of what came from another hub, on the open bus. */
    public static Headers from(Passage passage, Source source, long time) {
        return new Headers(
                source, time, Optional.empty(), Optional.empty(), OptionalLong.empty(), Optional.of(passage));
    }

    /** True if it may travel to another hub: requests stay, for their answers would not come back, and so does what is confined. */
    public boolean travels() {
        return channel.isEmpty()
                && replyTo.isEmpty()
                && answers.isEmpty()
                && (passage.isEmpty() || passage.get().goesOn());
    }

    /** Those of what a hub says because of such a message: what another hub said goes no further than here. */
    public Headers echoed() {
        return new Headers(source, time, channel, replyTo, answers, passage.map(Passage::ending), ending);
    }
}
