package io.hawser.core.store.map;

/**
 * What a map is called, unique in a store.
 *
 * @param scope whose name space: a protocol and what it makes names unique by, such as {@code eftl/channel}
 * @param name the name the user gave
 */
public record MapName(String scope, String name) {
    @Override
    public String toString() {
        return scope + ':' + name;
    }
}
