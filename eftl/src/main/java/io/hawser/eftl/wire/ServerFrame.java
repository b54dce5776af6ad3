package io.hawser.eftl.wire;

import java.util.Optional;
import java.util.OptionalLong;

/** All that a server can say ({@code specs/eftl.md} 1.2). */
public sealed interface ServerFrame {

    /** Calls the method of {@code handler} for this frame. */
    void to(Handler handler);

    /** One method a frame: a new frame does not compile until everybody handles it. */
    interface Handler {
        /** Op 0. */
        void heartbeat(Heartbeat frame);

        /** Op 2. */
        void welcome(Welcome frame);

        /** Op 4. */
        void subscribed(Subscribed frame);

        /** Op 6. */
        void unsubscribed(Unsubscribed frame);

        /** Op 7. */
        void event(Event frame);

        /** Op 9. */
        void acknowledged(Acknowledged frame);

        /** Op 10. */
        void failure(Failure frame);

        /** Op 12. */
        void goodbye(Goodbye frame);

        /** Op 14. */
        void requestReply(RequestReply frame);

        /** Op 26. */
        void mapResponse(MapResponse frame);

        /** Op 31. */
        void started(Started frame);

        /** Any other op: to be ignored. */
        void unknown(Unknown frame);
    }

    /**
     * Why the server did not do what was asked.
     *
     * @param code member {@code err}, see {@link EftlError}; 0 if the server gave none
     * @param reason member {@code reason}, for people; may be empty
     */
    record Refusal(int code, String reason) {}

    /**
     * Where an event came from, told to clients that said {@code _hawser} in their login options and to nobody else.
     *
     * @param topic member {@code _topic}: the topic on the bus
     * @param from member {@code _from}: who published it
     * @param time member {@code _time}: when, in milliseconds since 1970-01-01T00:00Z
     * @param passage how it came from one hub to another, told between hubs alone
     */
    record Origin(Optional<String> topic, Optional<String> from, OptionalLong time, Optional<Passage> passage) {
        /** Nothing is told. */
        public static final Origin NONE = new Origin(Optional.empty(), Optional.empty(), OptionalLong.empty());

        /** What is told to programs. */
        public Origin(Optional<String> topic, Optional<String> from, OptionalLong time) {
            this(topic, from, time, Optional.empty());
        }
    }

    /**
     * How a message comes from one hub to another.
     *
     * @param hub member {@code _hub}: the id of the hub whose bus it came onto first
     * @param number member {@code _number}: its number there
     * @param hops member {@code _hops}: over how many links it has come, this one included
     */
    record Passage(String hub, long number, int hops) {}

    /** How a key of a map came to have the revision that is told. */
    enum ChangeKind {
        /** Somebody set its value. */
        SET("set"),
        /** Somebody removed it. */
        REMOVED("removed"),
        /** Its time to live ended. */
        EXPIRED("expired"),
        /** No key's change: all keys are to be forgotten, and those that are there follow. */
        RESTARTED("restarted");

        private final String wire;

        ChangeKind(String wire) {
            this.wire = wire;
        }

        /** The word on the wire. */
        public String wire() {
            return wire;
        }
    }

    /**
     * The change of a map that an event tells of; the event's body is the value, or empty.
     *
     * @param kind member {@code _change}
     * @param key member {@code _key}, empty if all keys are to be forgotten
     * @param revision member {@code _rev}
     */
    record Change(ChangeKind kind, String key, long revision) {}

    /** Op 0: to be echoed. */
    record Heartbeat() implements ServerFrame {
        @Override
        public void to(Handler handler) {
            handler.heartbeat(this);
        }
    }

    /**
     * Op 2: the login was accepted ({@code specs/eftl.md} 1.3).
     *
     * @param idToken what proves, with the id, that a later login is the same client
     * @param timeoutSeconds silence after which the client gives the connection up
     * @param heartbeatSeconds how often the server sends op 0
     * @param maxSize the longest frame the server takes, 0 or less for no limit
     * @param qos true if the server acknowledges
     * @param resume true if the previous session goes on
     * @param protocol 1, or 0 for a server without requests and replies
     * @param stopSupported true if the server knows stop and start
     * @param extras member {@code _hawser}: true if the server knows what only our own clients ask for
     * @param hub member {@code _hub}: the id of the server, told to hubs alone
     */
    record Welcome(
            String clientId,
            String idToken,
            long timeoutSeconds,
            long heartbeatSeconds,
            long maxSize,
            boolean qos,
            boolean resume,
            int protocol,
            boolean stopSupported,
            boolean extras,
            Optional<String> hub)
            implements ServerFrame {
        /** What programs are told. */
        public Welcome(
                String clientId,
                String idToken,
                long timeoutSeconds,
                long heartbeatSeconds,
                long maxSize,
                boolean qos,
                boolean resume,
                int protocol,
                boolean stopSupported,
                boolean extras) {
            this(
                    clientId,
                    idToken,
                    timeoutSeconds,
                    heartbeatSeconds,
                    maxSize,
                    qos,
                    resume,
                    protocol,
                    stopSupported,
                    extras,
                    Optional.empty());
        }

        @Override
        public void to(Handler handler) {
            handler.welcome(this);
        }

        /** Names the client, never its token. */
        @Override
        public String toString() {
            return "Welcome[clientId=" + clientId + ", resume=" + resume + "]";
        }
    }

    /**
     * Op 4: a subscription stands.
     *
     * @param since member {@code _since}: where one that reads what the server keeps begins
     */
    record Subscribed(String id, OptionalLong since) implements ServerFrame {
        @Override
        public void to(Handler handler) {
            handler.subscribed(this);
        }
    }

    /** Op 6: a subscription was refused or taken away. With err 22 the client drops it for good. */
    record Unsubscribed(String id, Refusal refusal) implements ServerFrame {
        @Override
        public void to(Handler handler) {
            handler.unsubscribed(this);
        }
    }

    /**
     * Op 7: a message for a subscription ({@code specs/eftl.md} 1.5).
     *
     * @param to the subscription's id
     * @param seq from 1, strictly increasing in a session; a server of ours always sends it
     * @param storeId the message's number in its durable, 0 if there is none
     * @param deliveryCount how often it was delivered, this time included; 0 if not counted
     * @param replyTo where the answer goes, if the message wants one
     * @param change what happened to which key, if the subscription is to a map
     */
    record Event(
            String to,
            OptionalLong seq,
            long storeId,
            long deliveryCount,
            Optional<ReplyAddress> replyTo,
            Body body,
            Origin origin,
            Optional<Change> change)
            implements ServerFrame {
        @Override
        public void to(Handler handler) {
            handler.event(this);
        }
    }

    /**
     * Op 9: a publish or reply is stored and routed, or refused.
     *
     * @param receivers how many took the message, told to our own clients only
     */
    record Acknowledged(long seq, Optional<Refusal> refusal, OptionalLong receivers) implements ServerFrame {
        @Override
        public void to(Handler handler) {
            handler.acknowledged(this);
        }
    }

    /** Op 10: an error that answers no request. */
    record Failure(Refusal refusal) implements ServerFrame {
        @Override
        public void to(Handler handler) {
            handler.failure(this);
        }
    }

    /** Op 12: the server ends the session; only old clients know it. */
    record Goodbye(Refusal refusal) implements ServerFrame {
        @Override
        public void to(Handler handler) {
            handler.goodbye(this);
        }
    }

    /** Op 14: the answer to a request, or why there is none. */
    record RequestReply(long seq, Optional<Body> body, Optional<Refusal> refusal) implements ServerFrame {
        @Override
        public void to(Handler handler) {
            handler.requestReply(this);
        }
    }

    /**
     * Op 26: the answer of a map. Neither value nor refusal: done, or no such key.
     *
     * @param revision member {@code _rev}, told to our own clients only: of the value, or of the change that was made
     */
    record MapResponse(long seq, Optional<Body> value, Optional<Refusal> refusal, OptionalLong revision)
            implements ServerFrame {
        @Override
        public void to(Handler handler) {
            handler.mapResponse(this);
        }
    }

    /** Op 31: a stopped subscription delivers again. */
    record Started(String to) implements ServerFrame {
        @Override
        public void to(Handler handler) {
            handler.started(this);
        }
    }

    /** An op that no server of today sends. */
    record Unknown(int op) implements ServerFrame {
        @Override
        public void to(Handler handler) {
            handler.unknown(this);
        }
    }
}
