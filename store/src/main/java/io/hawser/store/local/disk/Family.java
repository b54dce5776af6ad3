package io.hawser.store.local.disk;

/** The column families of the database: one for each kind of thing that is read and removed alike. */
public enum Family {
    /** Small facts about durables: definitions, marks, the last id. */
    FACTS("default", 1),
    /** Which durable waits for which message. */
    ENTRIES("entries", 8),
    /** The messages. */
    MESSAGES("messages", 32);

    private final String label;
    private final int writeBufferMib;

    Family(String label, int writeBufferMib) {
        this.label = label;
        this.writeBufferMib = writeBufferMib;
    }

    /** What the database calls it; never changes. */
    String label() {
        return label;
    }

    /** How much of it is kept in memory before it is written out. */
    int writeBufferMib() {
        return writeBufferMib;
    }
}
