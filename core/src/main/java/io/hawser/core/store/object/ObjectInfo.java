package io.hawser.core.store.object;

/**
 * What is known of an object.
 *
 * @param name its name
 * @param revision positive; grows with every object that is stored, so that it also serves as entity tag
 * @param size bytes
 * @param sha256 the SHA-256 of its content, 64 lower-case hexadecimal digits
 * @param metadata what the owner said of it
 * @param created when the first object of this name appeared, milliseconds since the epoch
 * @param modified when this one did
 */
public record ObjectInfo(
        ObjectName name,
        long revision,
        long size,
        String sha256,
        ObjectMetadata metadata,
        long created,
        long modified) {}
