package io.hawser.app.admin.health;

import java.util.function.BooleanSupplier;

/**
 * Something without which a hub must not be used: what it is about, and whether it is there.
 *
 * @param name what it is about
 * @param sound true while all is well; called on any loop, and must not block
 */
public record Check(String name, BooleanSupplier sound) {}
