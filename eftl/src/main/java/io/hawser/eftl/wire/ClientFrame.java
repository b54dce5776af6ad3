package io.hawser.eftl.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All that a client can say ({@code specs/eftl.md} 1.2). A {@code seq} that is absent asks for no answer.
 *
 * <p>Names that are absent on the wire are empty; texts of a login that are absent or empty mean the same.
 */
public sealed interface ClientFrame {

    /** Calls the method of {@code handler} for this frame. */
    void to(Handler handler);

    /** One method a frame: a new frame does not compile until everybody handles it. */
    interface Handler {
        /** Op 0. */
        void heartbeat(Heartbeat frame);

        /** Op 1. */
        void login(Login frame);

        /** Op 3. */
        void subscribe(Subscribe frame);

        /** Op 5. */
        void unsubscribe(Unsubscribe frame);

        /** Op 8. */
        void publish(Publish frame);

        /** Op 9. */
        void acknowledge(Acknowledge frame);

        /** Op 11. */
        void disconnect(Disconnect frame);

        /** Op 13. */
        void request(Request frame);

        /** Op 15. */
        void reply(Reply frame);

        /** Op 16. */
        void mapCreate(MapCreate frame);

        /** Op 17, of our own clients. */
        void mapKeys(MapKeys frame);

        /** Op 18. */
        void mapDestroy(MapDestroy frame);

        /** Op 20. */
        void mapSet(MapSet frame);

        /** Op 22. */
        void mapGet(MapGet frame);

        /** Op 24. */
        void mapRemove(MapRemove frame);

        /** Op 28. */
        void stop(Stop frame);

        /** Op 30. */
        void start(Start frame);

        /** Any other op: to be ignored. */
        void unknown(Unknown frame);
    }

    /** Who acknowledges the events of a subscription ({@code specs/eftl.md} 1.4). */
    enum AckMode {
        /** The client library does, after its program saw the event. */
        AUTO("auto"),
        /** The program does. */
        CLIENT("client"),
        /** Nobody does. */
        NONE("none");

        private final String wire;

        AckMode(String wire) {
            this.wire = wire;
        }

        /** The word on the wire. */
        public String wire() {
            return wire;
        }
    }

    /** What a durable keeps and for whom ({@code specs/eftl.md} 1.4 and 4). */
    enum DurableType {
        /** Every message, for one client id. */
        STANDARD("standard"),
        /** Every message, each for one of its subscribers. */
        SHARED("shared"),
        /** The newest message for each value of the key field. */
        LAST_VALUE("last-value");

        private final String wire;

        DurableType(String wire) {
            this.wire = wire;
        }

        /** The word on the wire. */
        public String wire() {
            return wire;
        }
    }

    /** Op 0: the echo of the server's heartbeat. */
    record Heartbeat() implements ClientFrame {
        @Override
        public void to(Handler handler) {
            handler.heartbeat(this);
        }
    }

    /**
     * Op 1: who the client is ({@code specs/eftl.md} 1.3).
     *
     * @param protocol 1, or 0 for clients up to 6.4
     * @param clientId empty if the server shall choose one
     * @param idToken the token of the previous welcome, empty if there was none
     * @param maxPendingAcks 0 for the server's default
     * @param loginOptions {@code _qos}, {@code _resume} and whatever else, all as text
     */
    record Login(
            int protocol,
            String clientType,
            String clientVersion,
            String user,
            String password,
            String clientId,
            String idToken,
            int maxPendingAcks,
            Map<String, String> loginOptions)
            implements ClientFrame {
        /** A login with a copy of {@code loginOptions}. */
        public Login {
            loginOptions = Collections.unmodifiableMap(new LinkedHashMap<>(loginOptions));
        }

        @Override
        public void to(Handler handler) {
            handler.login(this);
        }

        /** Names the client, never its password or token. */
        @Override
        public String toString() {
            return "Login[clientId=" + clientId + ", user=" + user + ", clientType=" + clientType + "]";
        }
    }

    /**
     * Op 3 ({@code specs/eftl.md} 1.4).
     *
     * @param id the client's own name for it, unique on its connection
     * @param matcher a content matcher's text as on the wire, empty for everything
     * @param durable the durable to read from, empty for live events only
     * @param key the field of a last-value durable
     * @param stopped true if no event shall come before a {@link Start}
     * @param regexp what the text of a message must match; only our own clients send it
     * @param feed what to read of what the server keeps, instead of what comes; only our own clients send it
     */
    record Subscribe(
            String id,
            String matcher,
            Optional<String> durable,
            AckMode ack,
            DurableType type,
            Optional<String> key,
            boolean stopped,
            Optional<String> regexp,
            Optional<Feed> feed)
            implements ClientFrame {
        @Override
        public void to(Handler handler) {
            handler.subscribe(this);
        }
    }

    /**
     * What a subscription reads of what the server keeps: the changes of a map, or what was published.
     *
     * @param map member {@code _map}: the map whose changes are told; empty: the history of the channel
     * @param prefix member {@code _prefix}: how the keys of the map begin; empty for all
     * @param since member {@code _since}: of a map, the revision after which changes are told, 0 for the values that are there;
     *     of the history, the store id after which messages are told, -N for the newest N; empty for a map from now on
     */
    record Feed(Optional<String> map, String prefix, OptionalLong since) {}

    /**
     * Op 5.
     *
     * @param delete true if the durable goes with its messages, false if it stays
     */
    record Unsubscribe(String id, boolean delete) implements ClientFrame {
        @Override
        public void to(Handler handler) {
            handler.unsubscribe(this);
        }
    }

    /**
     * Op 8.
     *
     * @param origin where it came from; only hubs that are linked say it
     */
    record Publish(OptionalLong seq, Body body, ServerFrame.Origin origin) implements ClientFrame {
        /** What a program publishes. */
        public Publish(OptionalLong seq, Body body) {
            this(seq, body, ServerFrame.Origin.NONE);
        }

        @Override
        public void to(Handler handler) {
            handler.publish(this);
        }
    }

    /**
     * Op 9 ({@code specs/eftl.md} 1.7).
     *
     * @param id empty: exactly the event {@code seq}; else every event of this subscription up to {@code seq}
     */
    record Acknowledge(long seq, Optional<String> id) implements ClientFrame {
        @Override
        public void to(Handler handler) {
            handler.acknowledge(this);
        }
    }

    /**
     * Op 11: the session is over.
     *
     * @param reason empty if none was given
     */
    record Disconnect(String reason) implements ClientFrame {
        @Override
        public void to(Handler handler) {
            handler.disconnect(this);
        }
    }

    /** Op 13: a message that wants one answer. */
    record Request(long seq, Body body) implements ClientFrame {
        @Override
        public void to(Handler handler) {
            handler.request(this);
        }
    }

    /** Op 15: the answer to a request. */
    record Reply(OptionalLong seq, ReplyAddress to, Body body) implements ClientFrame {
        @Override
        public void to(Handler handler) {
            handler.reply(this);
        }
    }

    /** Op 16: known to all clients, sent by none. */
    record MapCreate(OptionalLong seq, String map) implements ClientFrame {
        @Override
        public void to(Handler handler) {
            handler.mapCreate(this);
        }
    }

    /**
     * Op 17: asks for keys, a page at a time.
     *
     * @param prefix how they begin, empty for all
     * @param after the key that the page before ended with, empty for the first page
     */
    record MapKeys(OptionalLong seq, String map, String prefix, String after) implements ClientFrame {
        @Override
        public void to(Handler handler) {
            handler.mapKeys(this);
        }
    }

    /** Op 18. */
    record MapDestroy(OptionalLong seq, String map) implements ClientFrame {
        @Override
        public void to(Handler handler) {
            handler.mapDestroy(this);
        }
    }

    /**
     * Op 20.
     *
     * @param revision member {@code _rev} of our own clients: only if this is the key's newest, 0 for a key that is not there
     */
    record MapSet(OptionalLong seq, String map, String key, Body value, OptionalLong revision) implements ClientFrame {
        @Override
        public void to(Handler handler) {
            handler.mapSet(this);
        }
    }

    /** Op 22. */
    record MapGet(OptionalLong seq, String map, String key) implements ClientFrame {
        @Override
        public void to(Handler handler) {
            handler.mapGet(this);
        }
    }

    /**
     * Op 24.
     *
     * @param revision member {@code _rev} of our own clients: only if this is the key's newest
     */
    record MapRemove(OptionalLong seq, String map, String key, OptionalLong revision) implements ClientFrame {
        @Override
        public void to(Handler handler) {
            handler.mapRemove(this);
        }
    }

    /**
     * Op 28: deliver nothing more to a subscription ({@code specs/eftl.md} 1.14).
     *
     * @param lastSeq the last event the client took; later ones must come again after {@link Start}
     */
    record Stop(String id, long lastSeq) implements ClientFrame {
        @Override
        public void to(Handler handler) {
            handler.stop(this);
        }
    }

    /** Op 30: deliver to a subscription again. */
    record Start(String id) implements ClientFrame {
        @Override
        public void to(Handler handler) {
            handler.start(this);
        }
    }

    /** An op that no client of today sends. */
    record Unknown(int op) implements ClientFrame {
        @Override
        public void to(Handler handler) {
            handler.unknown(this);
        }
    }
}
