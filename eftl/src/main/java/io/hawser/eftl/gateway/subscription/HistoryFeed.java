package io.hawser.eftl.gateway.subscription;

import io.hawser.core.count.Departures;
import io.hawser.core.message.Message;
import io.hawser.core.route.Interest;
import io.hawser.core.store.durable.DurableReader;
import io.hawser.core.store.durable.StoredMessage;
import io.hawser.eftl.gateway.channel.EftlMapping;
import io.hawser.eftl.gateway.kept.ChannelHistory;
import io.hawser.eftl.gateway.party.Event;
import io.hawser.eftl.gateway.party.Output;
import io.hawser.eftl.gateway.party.Party;
import io.hawser.eftl.wire.EftlError;
import io.hawser.eftl.wire.EventHead;
import java.util.List;

/**
 * What a channel keeps of its history, from some store id on, and then what it is given, as far as the client wants it and
 * may hear it. It reads the history alone: so there is no gap, and nothing comes twice, where what was becomes what is. Requests
 * are left out: who asked does not wait any more. Owner: the session's.
 */
final class HistoryFeed implements Feed, DurableReader.Listener {
    private final Party party;
    private final Output output;
    private final String id;
    private final EventHead head;
    private final Interest interest;
    private final Runnable ended;
    private final DurableReader reader;
    private final Departures departures;
    private int spent;
    private boolean closed;

    /**
     * Begins to tell.
     *
     * @param id the subscription's
     * @param interest what the client wants and may hear
     * @param ended there is no history any more, and the client has heard so
     */
    HistoryFeed(Party party, String id, Interest interest, long since, Runnable ended) {
        this.party = party;
        this.output = party.output();
        this.id = id;
        this.head = EventHead.of(id);
        this.interest = interest;
        this.ended = ended;
        String channel = party.mapping().channel().name();
        this.departures = new Departures(party.bus().counters().traffic(), EftlMapping.PROTOCOL);
        this.reader = party.bus().store().durables().read(ChannelHistory.name(channel), since, party.owner(), this);
        this.reader.request(Feeds.CREDIT);
    }

    @Override
    public void read(List<StoredMessage> messages) {
        for (StoredMessage stored : messages) {
            Message message = stored.message();
            if (!closed && tells(message, interest, party)) {
                output.event(head, new Event(0, stored.id(), 0, message));
                departures.add(message.weight());
            }
        }
        departures.tell();
        spent += messages.size();
        pump();
    }

    /** True if somebody with {@code interest} hears of {@code message} in the history. */
    static boolean tells(Message message, Interest interest, Party party) {
        return message.headers().replyTo().isEmpty()
                && interest.takes(message, party.bus().access());
    }

    @Override
    public void ended() {
        if (!closed) {
            closed = true;
            output.unsubscribed(id, EftlError.SUBSCRIPTION_FAILED, "the history was deleted");
            ended.run();
        }
    }

    @Override
    public void pump() {
        if (spent > 0 && !closed && output.writable()) {
            reader.request(spent);
            spent = 0;
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            reader.close();
        }
    }
}
