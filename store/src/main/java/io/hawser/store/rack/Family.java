package io.hawser.store.rack;

/** The families of a rack: one for each kind of thing that is read and removed alike. */
public enum Family {
    /** Small facts about durables: definitions, marks, the last id. */
    FACTS("default", 1, false),
    /** Which durable waits for which message. */
    ENTRIES("entries", 8, false),
    /** The messages. */
    MESSAGES("messages", 32, false),
    /** The key-value maps: {@code core.store.map.MapLayout}. */
    MAPS("maps", 16, true),
    /** Which objects and uploads there are. */
    OBJECTS("objects", 1, false),
    /** Tables and logs: {@code core.store.record.RecordLayout}. */
    RECORDS("records", 4, true);

    private final String label;
    private final int writeBufferMib;
    private final boolean shelf;

    Family(String label, int writeBufferMib, boolean shelf) {
        this.label = label;
        this.writeBufferMib = writeBufferMib;
        this.shelf = shelf;
    }

    /** What it is called; never changes. */
    public String label() {
        return label;
    }

    /** How much of it is kept in memory before it is written out. */
    public int writeBufferMib() {
        return writeBufferMib;
    }

    /** True if a round sees there what it changed itself. */
    boolean shelf() {
        return shelf;
    }
}
