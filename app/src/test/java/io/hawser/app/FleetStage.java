package io.hawser.app;

import io.hawser.clever.CleverHandlers;
import io.hawser.clever.CleverOptions;
import io.hawser.clever.CleverPeer;
import io.hawser.core.value.Value;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;

/** A hub with copters that behave as originals and keep files in a folder of their own. */
abstract class FleetStage extends AdminStage {
    private final List<CleverPeer> copters = new ArrayList<>();

    FleetStage() {
        super(Map.of("clever.enabled", true, "clever.port", 0, "clever.announce.enabled", false));
    }

    @AfterEach
    void land() {
        copters.forEach(CleverPeer::close);
    }

    /** A copter whose files are in {@code files}. */
    CleverPeer copter(String id, Path files) {
        return copter(id, files, handlers -> {});
    }

    /** The same with more that it understands. */
    CleverPeer copter(String id, Path files, Consumer<CleverHandlers> more) {
        CleverHandlers handlers = new CleverHandlers()
                .onRequest("id", call -> Value.of(id))
                .onRequest("clover_dir", call -> Value.of("error"))
                .onRequest("time", call -> Value.of(Instant.now().toEpochMilli() / 1e3));
        more.accept(handlers);
        CleverPeer peer = CleverPeer.connect(
                "127.0.0.1:" + hub.cleverAddress().orElseThrow().getPort(),
                CleverOptions.defaults().handlers(handlers).files(files).withoutExtras());
        copters.add(peer);
        return peer;
    }
}
