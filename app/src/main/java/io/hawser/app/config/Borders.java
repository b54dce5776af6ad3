package io.hawser.app.config;

import io.hawser.core.border.Border;
import java.util.Map;

/**
 * What may come in and go out through each gateway.
 *
 * @param eftl the open channel
 * @param ivy each bus, by its name; what has none is open
 * @param clever the copters
 * @param iot the devices
 */
public record Borders(Border eftl, Map<String, Border> ivy, Border clever, Border iot) {
    /** Everything passes everywhere as it is. */
    public static final Borders OPEN = new Borders(Border.OPEN, Map.of(), Border.OPEN, Border.OPEN);

    /** With a copy of the map. */
    public Borders {
        ivy = Map.copyOf(ivy);
    }

    /** The border of the Ivy bus {@code name}. */
    public Border ivy(String name) {
        return ivy.getOrDefault(name, Border.OPEN);
    }
}
