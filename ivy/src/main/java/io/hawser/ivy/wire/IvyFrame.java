package io.hawser.ivy.wire;

import java.util.List;

/**
 * All that one agent can say to another over their connection ({@code specs/ivy.md} 1.4). A new kind of frame does not
 * compile until every {@link Handler} answers to it.
 */
public sealed interface IvyFrame {
    /** Tells {@code handler} which frame this is. */
    void to(Handler handler);

    /** Hears one frame of any kind. */
    interface Handler {
        /** Type 0. */
        void bye(Bye frame);

        /** Type 1. */
        void subscribe(Subscribe frame);

        /** Type 2. */
        void text(Text frame);

        /** Type 3. */
        void problem(Problem frame);

        /** Type 4. */
        void unsubscribe(Unsubscribe frame);

        /** Type 5. */
        void endOfSubscriptions(EndOfSubscriptions frame);

        /** Type 6. */
        void peerId(PeerId frame);

        /** Type 7. */
        void direct(Direct frame);

        /** Type 8. */
        void die(Die frame);

        /** Type 9. */
        void ping(Ping frame);

        /** Type 10. */
        void pong(Pong frame);
    }

    /**
     * The sender leaves the bus.
     *
     * @param reason mostly empty
     */
    record Bye(String reason) implements IvyFrame {
        @Override
        public void to(Handler handler) {
            handler.bye(this);
        }
    }

    /**
     * The sender wants every text that matches; the same id again replaces the regexp.
     *
     * @param id chosen by the sender
     * @param regexp in the dialect of whoever matches
     */
    record Subscribe(int id, String regexp) implements IvyFrame {
        @Override
        public void to(Handler handler) {
            handler.subscribe(this);
        }
    }

    /**
     * A text of the sender matched a subscription of the receiver; the text itself does not travel.
     *
     * @param subscription the receiver's id
     * @param captures what the groups captured, in order; an absent group is empty
     */
    record Text(int subscription, List<String> captures) implements IvyFrame {
        /** A text with a copy of {@code captures}. */
        public Text {
            captures = List.copyOf(captures);
        }

        @Override
        public void to(Handler handler) {
            handler.text(this);
        }
    }

    /**
     * The sender could not take something that the receiver sent. It is never answered.
     *
     * @param code free; an offset when a regexp is wrong
     * @param reason in words
     */
    record Problem(int code, String reason) implements IvyFrame {
        @Override
        public void to(Handler handler) {
            handler.problem(this);
        }
    }

    /** The sender takes its subscription {@code id} back. */
    record Unsubscribe(int id) implements IvyFrame {
        @Override
        public void to(Handler handler) {
            handler.unsubscribe(this);
        }
    }

    /** All subscriptions that the sender had when the connection opened have been sent: it is ready. */
    record EndOfSubscriptions() implements IvyFrame {
        @Override
        public void to(Handler handler) {
            handler.endOfSubscriptions(this);
        }
    }

    /**
     * Who the sender is; mostly its first frame.
     *
     * @param port where the sender listens, 0 to 65535
     * @param name not unique, may hold spaces
     */
    record PeerId(int port, String name) implements IvyFrame {
        @Override
        public void to(Handler handler) {
            handler.peerId(this);
        }
    }

    /**
     * A text for the receiver alone, without any regexp.
     *
     * @param number free
     * @param text as it is
     */
    record Direct(int number, String text) implements IvyFrame {
        @Override
        public void to(Handler handler) {
            handler.direct(this);
        }
    }

    /**
     * The sender asks the receiver's program to end.
     *
     * @param number free, mostly 0
     * @param reason mostly empty
     */
    record Die(int number, String reason) implements IvyFrame {
        @Override
        public void to(Handler handler) {
            handler.die(this);
        }
    }

    /** Asks for a {@link Pong} with the same id. */
    record Ping(int id) implements IvyFrame {
        @Override
        public void to(Handler handler) {
            handler.ping(this);
        }
    }

    /** Answers a {@link Ping}. */
    record Pong(int id) implements IvyFrame {
        @Override
        public void to(Handler handler) {
            handler.pong(this);
        }
    }
}
