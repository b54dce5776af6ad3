package io.hawser.eftl.engine;

import io.hawser.eftl.wire.Body;
import io.hawser.eftl.wire.ClientFrame;
import io.hawser.eftl.wire.ReplyAddress;
import io.hawser.eftl.wire.ServerFrame;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * One thing that is asked of the server and answered by it. It keeps its number until it is answered, however many
 * connections that takes ({@code specs/eftl.md} 1.6).
 *
 * @param kind what is asked
 * @param wording the frame, given the number
 * @param patience how long the answer may take, empty: as long as it takes
 * @param outcome hears what became of it, once, on the loop
 */
public record Operation(
        Kind kind, Function<OptionalLong, ClientFrame> wording, Optional<Duration> patience, Outcome outcome) {
    /** What can be asked, and how it is answered. */
    public enum Kind {
        /** Op 8, answered by op 9. */
        PUBLISH,
        /** Op 13, answered by op 14. */
        REQUEST,
        /** Op 15, answered by op 9. */
        REPLY,
        /** Ops 20, 22 and 24, answered by op 26. */
        MAP,
        /** Op 17, and ops 20, 22 and 24 that say or want revisions, answered by op 26; only a hub of ours does. */
        OUR_MAP,
        /** Op 18, answered by op 26 or 9 ({@code specs/eftl.md} 1.13). */
        MAP_REMOVAL;

        /** True if a server that acknowledges nothing leaves it without an answer ({@code specs/eftl.md} 1.3). */
        boolean onlyAcknowledged() {
            return this == PUBLISH || this == REPLY;
        }

        /** True if op 9 without a refusal is its answer. */
        boolean endsWithAcknowledgement() {
            return onlyAcknowledged() || this == MAP_REMOVAL;
        }

        /** True if op 26 is its answer. */
        boolean asksMap() {
            return this == MAP || this == OUR_MAP || this == MAP_REMOVAL;
        }

        /** True if servers of protocol 0 do not know it ({@code specs/eftl.md} 1.3). */
        boolean needsProtocol1() {
            return this == REQUEST || this == REPLY;
        }
    }

    /** Hears what became of an operation. Called once, on the loop. */
    public interface Outcome {
        /**
         * It is done.
         *
         * @param body the reply or the map's value, if there is one
         * @param number how many took the message, or the revision of the map's key; 0 where the server does not tell
         */
        void done(Optional<Body> body, long number);

        /** It is not done, or nobody knows. */
        void failed(Failure why);
    }

    /** Publishes {@code body}. */
    public static Operation publish(Body body, Outcome outcome) {
        return publish(body, ServerFrame.Origin.NONE, outcome);
    }

    /** Publishes {@code body} as what came from {@code origin}, to a hub of ours. */
    public static Operation publish(Body body, ServerFrame.Origin origin, Outcome outcome) {
        return new Operation(
                Kind.PUBLISH, seq -> new ClientFrame.Publish(seq, body, origin), Optional.empty(), outcome);
    }

    /** Publishes {@code body} and waits for one reply. */
    public static Operation request(Body body, Duration patience, Outcome outcome) {
        return new Operation(
                Kind.REQUEST, seq -> new ClientFrame.Request(seq.orElseThrow(), body), Optional.of(patience), outcome);
    }

    /** Replies to the request that came from {@code to}. */
    public static Operation reply(ReplyAddress to, Body body, Outcome outcome) {
        return new Operation(Kind.REPLY, seq -> new ClientFrame.Reply(seq, to, body), Optional.empty(), outcome);
    }

    /** Asks a map. */
    public static Operation map(Function<OptionalLong, ClientFrame> wording, Outcome outcome) {
        return new Operation(Kind.MAP, wording, Optional.empty(), outcome);
    }

    /** Asks a map of a hub of ours for more than other servers can. */
    public static Operation ourMap(Function<OptionalLong, ClientFrame> wording, Outcome outcome) {
        return new Operation(Kind.OUR_MAP, wording, Optional.empty(), outcome);
    }

    /** Removes the map {@code name} with all its keys. */
    public static Operation mapRemoval(String name, Outcome outcome) {
        return new Operation(Kind.MAP_REMOVAL, seq -> new ClientFrame.MapDestroy(seq, name), Optional.empty(), outcome);
    }
}
