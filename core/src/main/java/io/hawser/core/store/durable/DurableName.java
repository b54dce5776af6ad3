package io.hawser.core.store.durable;

/**
 * What a durable is called, unique in a store.
 *
 * @param scope whose name space: a protocol and what it makes names unique by, such as {@code eftl/channel/gcs-7}
 * @param name the name the user gave
 */
public record DurableName(String scope, String name) {
    @Override
    public String toString() {
        return scope + ':' + name;
    }
}
