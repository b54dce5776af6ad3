package io.hawser.iot.storage;

/**
 * A transfer that has ended.
 *
 * @param object what was moved, or should have been
 * @param endpointId the device whose attribute or field says the content; empty if none does
 * @param name that attribute or field; empty if there is none
 */
public record SyncEvent(StorageObject object, String endpointId, String name) {}
