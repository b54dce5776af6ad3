package io.hawser.app.admin;

import io.hawser.core.value.Fields;
import java.util.List;
import java.util.function.Supplier;

/**
 * One kind of thing that a hub can list: {@code GET /api/v1/<name>}. A part that has more to show is one more of these
 * where the hub is put together.
 *
 * @param name in the address, plural
 * @param rows a moment's picture, in an order that stays; called on any loop, and must not block
 */
public record Resource(String name, Supplier<List<Fields>> rows) {}
