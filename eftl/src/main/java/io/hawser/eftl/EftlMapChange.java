package io.hawser.eftl;

import io.hawser.eftl.engine.Delivery;
import io.hawser.eftl.wire.ServerFrame;
import io.hawser.eftl.wire.ServerFrame.ChangeKind;
import java.time.Instant;
import java.util.Optional;

/**
 * What happened to a key of a map.
 *
 * @param kind what it was
 * @param key the key; empty if all are to be forgotten
 * @param revision the number of the change; 0 if all are to be forgotten
 * @param time when it was made, as far as the server tells
 * @param value what is under the key now, if anything is
 */
public record EftlMapChange(
        ChangeKind kind, String key, long revision, Optional<Instant> time, Optional<EftlMessage> value) {
    static EftlMapChange of(EftlMessage message) {
        ServerFrame.Change change = message.delivery()
                .map(Delivery::event)
                .flatMap(ServerFrame.Event::change)
                .orElseGet(() -> new ServerFrame.Change(ChangeKind.RESTARTED, "", 0));
        return new EftlMapChange(
                change.kind(),
                change.key(),
                change.revision(),
                message.time(),
                Optional.of(message).filter(any -> change.kind() == ChangeKind.SET));
    }
}
