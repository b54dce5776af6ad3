package io.hawser.core.store.object;

import java.util.OptionalLong;

/**
 * How far an upload is.
 *
 * @param id of the upload
 * @param name what it will be called
 * @param length how many bytes the store has
 * @param size how many there will be, if that is known
 */
public record UploadProgress(String id, ObjectName name, long length, OptionalLong size) {}
