package io.hawser.iot.registry;

import java.util.Map;

/**
 * What devices, and the programs that work with them, belong to.
 *
 * @param id given by the hub
 * @param name for people and programs; unique
 * @param description for people
 * @param metadata what is known of it
 * @param created when, in milliseconds since the epoch
 */
public record Application(String id, String name, String description, Map<String, String> metadata, long created) {
    /** With a copy of the metadata. */
    public Application {
        metadata = Map.copyOf(metadata);
    }
}
