package io.hawser.core.store.map;

import java.util.List;
import java.util.Optional;

/**
 * Some keys, in the order of their bytes in UTF-8.
 *
 * @param keys the keys; there may be fewer than asked for, or none, before the end
 * @param next where the next page begins: what to ask for as {@code after}; empty at the end
 */
public record MapPage(List<String> keys, Optional<String> next) {
    /** A page with a copy of {@code keys}. */
    public MapPage {
        keys = List.copyOf(keys);
    }
}
