package io.hawser.core.store.durable;

/**
 * Hears what happens to durables without anybody asking for it. Called on the store's thread, after it is safe; must return
 * at once.
 */
public interface DurableListener {
    /** Does nothing. */
    DurableListener NONE = new DurableListener() {
        @Override
        public void lost(DurableName name, long id, Loss why) {}

        @Override
        public void filling(DurableInfo durable) {}

        @Override
        public void relieved(DurableInfo durable) {}

        @Override
        public void deleted(DurableName name) {}
    };

    /** Why a durable does not keep a message any more that nobody acknowledged. */
    enum Loss {
        /** A newer one needed the room. */
        FULL,
        /** It waited longer than messages may. */
        EXPIRED,
        /** It was handed out as often as is allowed. */
        UNDELIVERABLE,
        /** Its bytes are not what they were; it stays in the store's files, and is not delivered. */
        DAMAGED
    }

    /** The durable {@code name} does without the message with this store id. */
    void lost(DurableName name, long id, Loss why);

    /** The durable is four fifths full, by messages or by bytes. Told once, until it is {@link #relieved}. */
    void filling(DurableInfo durable);

    /** The durable was {@link #filling} and is less than three fifths full now. */
    void relieved(DurableInfo durable);

    /** Nobody consumed from the durable for as long as its settings say: it is deleted, with its messages. */
    void deleted(DurableName name);
}
