package io.hawser.eftl.gateway.subscription;

import io.hawser.core.access.Action;
import io.hawser.core.route.Bus;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.map.MapEntry;
import io.hawser.core.store.map.MapStart;
import io.hawser.core.store.map.MapWatch;
import io.hawser.core.value.Fields;
import io.hawser.eftl.gateway.channel.EftlClient;
import io.hawser.eftl.gateway.party.Output;
import io.hawser.eftl.gateway.party.Party;
import io.hawser.eftl.wire.Body;
import io.hawser.eftl.wire.EftlError;
import io.hawser.eftl.wire.ProtocolException;
import io.hawser.eftl.wire.ServerFrame;
import io.hawser.eftl.wire.ServerFrame.ChangeKind;
import java.util.List;
import java.util.OptionalLong;

/** The changes of one map, as far as the client may read them. Owner: the session's. */
final class MapFeed implements Feed, MapWatch.Listener {
    private final Party party;
    private final Output output;
    private final String id;
    private final String map;
    private final Runnable failed;
    private final MapWatch watch;
    private int spent;
    private boolean closed;

    /**
     * Begins to tell.
     *
     * @param id the subscription's
     * @param failed the store cannot tell any more, and the client has heard so
     */
    MapFeed(Party party, String id, String map, String prefix, MapStart start, Runnable failed) {
        this.party = party;
        this.output = party.output();
        this.id = id;
        this.map = map;
        this.failed = failed;
        this.watch = party.bus()
                .store()
                .maps()
                .watch(party.mapping().channel().map(map), prefix, start, party.owner(), this);
        this.watch.request(Feeds.CREDIT);
    }

    @Override
    public void changed(List<MapEntry> changes) {
        Bus bus = party.bus();
        EftlClient client = party.client();
        for (MapEntry change : changes) {
            boolean allowed = bus.access().allows(client.principal(), Action.KV_READ, map + "/" + change.key());
            if (allowed && !closed) {
                tell(change);
            }
        }
        spent += changes.size();
        pump();
    }

    private void tell(MapEntry change) {
        ChangeKind kind =
                switch (change.kind()) {
                    case SET -> ChangeKind.SET;
                    case REMOVED -> ChangeKind.REMOVED;
                    case EXPIRED -> ChangeKind.EXPIRED;
                };
        ServerFrame.Change told = new ServerFrame.Change(kind, change.key(), change.revision());
        try {
            output.change(id, party.codec().bodies().encode(change.value()), told, OptionalLong.of(change.time()));
        } catch (ProtocolException unsayable) {
            output.failure(
                    EftlError.MAP_REQUEST_FAILED,
                    "eFTL cannot say the value of " + map + "/" + change.key() + ": " + unsayable.reason());
        }
    }

    @Override
    public void restarted() {
        if (!closed) {
            output.change(id, nothing(), new ServerFrame.Change(ChangeKind.RESTARTED, "", 0), OptionalLong.empty());
        }
    }

    private Body nothing() {
        try {
            return party.codec().bodies().encode(Fields.EMPTY);
        } catch (ProtocolException impossible) {
            throw new IllegalStateException("nothing is always sayable", impossible);
        }
    }

    @Override
    public void failed(StoreException why) {
        if (!closed) {
            closed = true;
            output.unsubscribed(id, EftlError.SUBSCRIPTION_FAILED, Output.reason(why));
            failed.run();
        }
    }

    @Override
    public void pump() {
        if (spent > 0 && !closed && output.writable()) {
            watch.request(spent);
            spent = 0;
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            watch.close();
        }
    }
}
