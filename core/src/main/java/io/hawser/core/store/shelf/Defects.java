package io.hawser.core.store.shelf;

/** Who is told, by an audit of a shelf, what is damaged there; each text names it and says how. */
public interface Defects {
    /** What is under {@code key} is damaged, or belongs to something that is; the rest can be used without it. */
    void drop(String text, byte[] key);

    /** Under {@code key} should be {@code value}. */
    void replace(String text, byte[] key, byte[] value);
}
