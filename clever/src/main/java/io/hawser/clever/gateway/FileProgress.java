package io.hawser.clever.gateway;

/** Hears how a file gets to copters. Called on the gateway's loop; must not block. */
public interface FileProgress {
    /** Does not care. */
    FileProgress NONE = new FileProgress() {
        @Override
        public void sent(String copter, long bytes, long total) {}

        @Override
        public void ended(FleetResult result) {}
    };

    /** So many of {@code total} bytes are handed to the network for {@code copter}. */
    void sent(String copter, long bytes, long total);

    /** What became of it at one copter. */
    void ended(FleetResult result);
}
