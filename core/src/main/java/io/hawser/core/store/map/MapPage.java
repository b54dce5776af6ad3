package io.hawser.core.store.map;

import java.util.List;
import java.util.Optional;

/**
 * Some keys, in the order of their bytes in UTF-8.
 *
 * @param found the keys; there may be fewer than asked for, or none, before the end
 * @param next where the next page begins: what to ask for as {@code after}; empty at the end
 */
public record MapPage(List<MapKey> found, Optional<String> next) {
    /** A page with a copy of {@code found}. */
    public MapPage {
        found = List.copyOf(found);
    }

    /** The keys alone. */
    public List<String> keys() {
        return found.stream().map(MapKey::key).toList();
    }
}
