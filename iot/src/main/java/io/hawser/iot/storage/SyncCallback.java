package io.hawser.iot.storage;

/** Hears that a transfer of a storage object has ended. */
@FunctionalInterface
public interface SyncCallback {
    /** Called on the device's callback executor; {@link StorageObject#getSyncStatus} says how it ended. */
    void onSync(SyncEvent event);
}
