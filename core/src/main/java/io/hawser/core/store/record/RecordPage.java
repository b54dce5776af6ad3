package io.hawser.core.store.record;

import java.util.List;
import java.util.Optional;

/**
 * Some records, in the order of their keys' bytes in UTF-8.
 *
 * @param records the records; there may be fewer than asked for before the end
 * @param next where the next page begins: what to ask for as {@code after}; empty at the end
 * @param <T> the type of record
 */
public record RecordPage<T>(List<StoredRecord<T>> records, Optional<String> next) {
    /** A page with a copy of {@code records}. */
    public RecordPage {
        records = List.copyOf(records);
    }
}
