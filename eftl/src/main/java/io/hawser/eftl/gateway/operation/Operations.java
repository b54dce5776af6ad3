package io.hawser.eftl.gateway.operation;

import io.hawser.core.access.AccessException;
import io.hawser.core.message.Ending;
import io.hawser.core.message.Headers;
import io.hawser.core.message.Message;
import io.hawser.core.message.ReplyTo;
import io.hawser.core.message.Source;
import io.hawser.core.request.Requests;
import io.hawser.core.route.Bus;
import io.hawser.core.route.Receipt;
import io.hawser.core.session.Owner;
import io.hawser.eftl.gateway.channel.Arrivals;
import io.hawser.eftl.gateway.channel.EftlClient;
import io.hawser.eftl.gateway.channel.EftlMapping;
import io.hawser.eftl.gateway.channel.EventTail;
import io.hawser.eftl.gateway.kept.EftlLineage;
import io.hawser.eftl.gateway.party.Intake;
import io.hawser.eftl.gateway.party.Output;
import io.hawser.eftl.gateway.party.Party;
import io.hawser.eftl.gateway.subscription.EftlSubscriptions;
import io.hawser.eftl.wire.ClientFrame;
import io.hawser.eftl.wire.EftlCodec;
import io.hawser.eftl.wire.EftlError;
import io.hawser.eftl.wire.ProtocolException;
import io.hawser.eftl.wire.ReplyAddress;
import io.hawser.eftl.wire.ServerFrame;
import io.hawser.eftl.wire.ServerFrame.Refusal;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whatever one client that is logged in asks for is done or refused here. Owner: the session's.
 *
 * <p>An operation with a number is done once, however often the client sends it: what became of it is in {@link Results}.
 */
public final class Operations implements ClientFrame.Handler {
    private final Bus bus;
    private final Owner owner;
    private final EftlCodec codec;
    private final Output output;
    private final Intake intake;
    private final EftlMapping mapping;
    private final EftlClient client;
    private final EftlLineage lineage;
    private final Source source;
    private final Arrivals arrivals;
    private final EftlSubscriptions subscriptions;
    private final Requests requests;
    private final ChannelMaps maps;
    private final Results results = new Results();
    private final Consumer<String> goodbye;
    private final Runnable answered;

    /**
     * Operations of a client that has done nothing yet.
     *
     * @param goodbye the client has said goodbye, with its reason
     * @param answered the client has answered a heartbeat
     */
    public Operations(
            Party parts,
            EftlSubscriptions subscriptions,
            Requests requests,
            Consumer<String> goodbye,
            Runnable answered) {
        this.bus = parts.bus();
        this.owner = parts.owner();
        this.codec = parts.codec();
        this.output = parts.output();
        this.intake = parts.intake();
        this.mapping = parts.mapping();
        this.client = parts.client();
        this.lineage = parts.lineage();
        this.source = new Source(EftlMapping.PROTOCOL, client.id(), client.origin());
        this.arrivals = new Arrivals(bus, client.principal(), client.origin());
        this.subscriptions = subscriptions;
        this.requests = requests;
        this.maps = new ChannelMaps(bus, codec, mapping.channel(), client);
        this.goodbye = goodbye;
        this.answered = answered;
    }

    @Override
    public void heartbeat(ClientFrame.Heartbeat frame) {
        answered.run();
    }

    @Override
    public void login(ClientFrame.Login frame) {
        output.failure(EftlError.PUBLISH_FAILED, "already logged in; open another connection for another login");
    }

    @Override
    public void publish(ClientFrame.Publish frame) {
        if (isNew(frame.seq(), Answers::done, Answers::unknown)) {
            if (client.hub().isPresent()) {
                arrive(frame);
                return;
            }
            try {
                Message message = mapping.message(frame.body(), client, source, now(), Optional.empty());
                published(frame.seq(), send(message, frame.seq()));
            } catch (AccessException forbidden) {
                refuse(frame.seq(), EftlError.PUBLISH_DISALLOWED, Output.reason(forbidden));
            } catch (IllegalArgumentException noTopic) {
                refuse(frame.seq(), EftlError.PUBLISH_FAILED, "_dest: " + noTopic.getMessage());
            }
        }
    }

    /** What another hub says is looked at by the linkage's owner, in turn with what comes over other links. */
    private void arrive(ClientFrame.Publish frame) {
        intake.storing();
        frame.seq().ifPresent(results::open);
        arrivals.take(frame.body(), frame.origin())
                .whenCompleteAsync(
                        (receipt, failure) -> {
                            intake.stored();
                            if (failure == null) {
                                intake.pause(receipt.lagging());
                                published(frame.seq(), receipt);
                            } else {
                                refuse(frame.seq(), EftlError.PUBLISH_FAILED, Output.reason(failure));
                            }
                        },
                        owner);
    }

    private Receipt send(Message message, OptionalLong seq) {
        Receipt receipt = lineage.id(seq)
                .map(id -> bus.router().publish(client.principal(), message, id))
                .orElseGet(() -> bus.router().publish(client.principal(), message));
        intake.pause(receipt.lagging());
        return receipt;
    }

    private void published(OptionalLong seq, Receipt receipt) {
        if (receipt instanceof Receipt.Storing store) {
            acknowledgeOnceStored(seq, store);
        } else if (receipt instanceof Receipt.Routed routed) {
            acknowledge(seq, routed.receivers());
        } else if (receipt instanceof Receipt.Refused refused) {
            refuse(seq, EftlError.PUBLISH_DISALLOWED, refused.reason());
        } else if (receipt instanceof Receipt.KeptOut kept) {
            refuse(seq, EftlError.PUBLISH_DISALLOWED, kept.reason());
        }
    }

    /** The acknowledgement leaves only when the store has said that the message is safe. */
    private void acknowledgeOnceStored(OptionalLong seq, Receipt.Storing store) {
        intake.storing();
        seq.ifPresent(results::open);
        store.stored()
                .whenCompleteAsync(
                        (id, failure) -> {
                            intake.stored();
                            stored(seq, store.receivers(), failure);
                        },
                        owner);
    }

    private void stored(OptionalLong seq, int receivers, @Nullable Throwable failure) {
        if (failure == null) {
            acknowledge(seq, receivers);
        } else {
            refuse(seq, EftlError.PUBLISH_FAILED, Output.reason(failure));
        }
    }

    private void acknowledge(OptionalLong seq, int receivers) {
        if (seq.isPresent()) {
            results.done(seq.getAsLong());
            OptionalLong told = client.ours() ? OptionalLong.of(receivers) : OptionalLong.empty();
            output.send(new ServerFrame.Acknowledged(seq.getAsLong(), Optional.empty(), told));
        }
    }

    private void refuse(OptionalLong seq, EftlError error, String reason) {
        output.refused(reason);
        if (seq.isPresent()) {
            answer(seq.getAsLong(), Answers.notDone(seq.getAsLong(), error.code(), reason));
        }
    }

    @Override
    public void request(ClientFrame.Request frame) {
        long seq = frame.seq();
        if (isNew(OptionalLong.of(seq), Answers::replyUnknown, Answers::replyUnknown)) {
            results.open(seq);
            try {
                Optional<ReplyTo> address = Optional.of(requests.address(seq, Optional.empty()));
                Message message = mapping.message(frame.body(), client, source, now(), address);
                requests.request(seq, message, asked -> send(asked, OptionalLong.of(seq)), new Answer(seq));
            } catch (AccessException forbidden) {
                new Answer(seq).failed(Ending.DENIED, Output.reason(forbidden));
            } catch (IllegalArgumentException noTopic) {
                answer(seq, Answers.noReply(seq, EftlError.REQUEST_FAILED.code(), "_dest: " + noTopic.getMessage()));
            }
        }
    }

    /** What a request is answered with. */
    private final class Answer implements Requests.Outcome {
        private final long seq;

        Answer(long seq) {
            this.seq = seq;
        }

        @Override
        public void answered(Message reply) {
            answer(seq, new ServerFrame.RequestReply(seq, Optional.of(EventTail.body(reply)), Optional.empty()));
        }

        @Override
        public void failed(Ending ending, String reason) {
            answer(
                    seq,
                    Answers.noReply(seq, Answers.error(ending, client.ours()).code(), reason));
        }
    }

    @Override
    public void reply(ClientFrame.Reply frame) {
        if (isNew(frame.seq(), Answers::done, Answers::unknown)) {
            ReplyAddress to = frame.to();
            if (!to.inbox().startsWith(Requests.INBOX)) {
                refuse(frame.seq(), EftlError.PUBLISH_FAILED, "to is no address of a request: repeat its reply_to");
                return;
            }
            Headers headers = Headers.answering(new ReplyTo(to.inbox(), to.request()), source, now());
            try {
                replied(frame.seq(), send(mapping.reply(frame.body(), headers), frame.seq()));
            } catch (IllegalArgumentException noTopic) {
                refuse(frame.seq(), EftlError.PUBLISH_FAILED, "to: " + noTopic.getMessage());
            }
        }
    }

    private void replied(OptionalLong seq, Receipt receipt) {
        if (receipt instanceof Receipt.Routed routed && routed.receivers() == 0) {
            refuse(seq, EftlError.PUBLISH_FAILED, "whoever asked is gone");
        } else {
            published(seq, receipt);
        }
    }

    @Override
    public void subscribe(ClientFrame.Subscribe frame) {
        subscriptions.subscribe(frame);
    }

    @Override
    public void unsubscribe(ClientFrame.Unsubscribe frame) {
        subscriptions.unsubscribe(frame);
    }

    @Override
    public void acknowledge(ClientFrame.Acknowledge frame) {
        subscriptions.acknowledge(frame);
    }

    @Override
    public void stop(ClientFrame.Stop frame) {
        subscriptions.stop(frame);
    }

    @Override
    public void start(ClientFrame.Start frame) {
        subscriptions.start(frame);
    }

    @Override
    public void disconnect(ClientFrame.Disconnect frame) {
        goodbye.accept(frame.reason());
    }

    @Override
    public void mapCreate(ClientFrame.MapCreate frame) {
        String reason = "maps are made by the first value that is set";
        frame.seq().ifPresent(seq -> output.send(Answers.mapFailed(seq, EftlError.MAP_REQUEST_FAILED.code(), reason)));
    }

    @Override
    public void mapDestroy(ClientFrame.MapDestroy frame) {
        map(frame.seq(), () -> maps.destroy(frame.map()));
    }

    /** To clients that did not ask for it at login this op is unknown. */
    @Override
    public void mapKeys(ClientFrame.MapKeys frame) {
        if (client.ours()) {
            map(frame.seq(), () -> maps.keys(frame.map(), frame.prefix(), frame.after()));
        }
    }

    @Override
    public void mapSet(ClientFrame.MapSet frame) {
        map(frame.seq(), () -> maps.set(frame.map(), frame.key(), frame.value(), frame.revision()));
    }

    @Override
    public void mapGet(ClientFrame.MapGet frame) {
        map(frame.seq(), () -> maps.get(frame.map(), frame.key()));
    }

    @Override
    public void mapRemove(ClientFrame.MapRemove frame) {
        map(frame.seq(), () -> maps.remove(frame.map(), frame.key(), frame.revision()));
    }

    /** The answer leaves only when the store has said that a change is safe. */
    private void map(OptionalLong seq, Supplier<CompletableFuture<ChannelMaps.Outcome>> operation) {
        if (isNew(seq, Answers::mapDone, Answers::mapUnknown)) {
            intake.storing();
            seq.ifPresent(results::open);
            operation
                    .get()
                    .whenCompleteAsync(
                            (outcome, failure) -> {
                                intake.stored();
                                seq.ifPresent(number -> mapped(number, outcome, failure));
                            },
                            owner);
        }
    }

    private void mapped(long seq, ChannelMaps.@Nullable Outcome outcome, @Nullable Throwable failure) {
        if (outcome == null || failure != null) {
            String reason = failure == null ? "" : Output.reason(failure);
            answer(seq, Answers.mapFailed(seq, EftlError.MAP_REQUEST_FAILED.code(), reason));
        } else if (!outcome.equals(ChannelMaps.Outcome.DONE)) {
            answer(seq, new ServerFrame.MapResponse(seq, outcome.value(), outcome.refusal(), outcome.revision()));
        } else {
            results.done(seq);
            output.send(Answers.mapDone(seq));
        }
    }

    @Override
    public void unknown(ClientFrame.Unknown frame) {
        // newer clients may say more; clients ignore what they do not know, and so does the server
    }

    /** Answers the request that {@code refused} is about, in the way that its kind of request is answered. */
    public void refuse(ProtocolException refused, int code) {
        String reason = refused.reason();
        switch (refused.op()) {
            case 3 -> output.send(new ServerFrame.Unsubscribed(refused.id().orElse(""), new Refusal(code, reason)));
            case 8, 15 -> refused.seq().ifPresent(seq -> output.send(Answers.notDone(seq, code, reason)));
            case 13 -> refused.seq().ifPresent(seq -> output.send(Answers.noReply(seq, code, reason)));
            case 16, 17, 18, 20, 22, 24 ->
                refused.seq().ifPresent(seq -> output.send(Answers.mapFailed(seq, code, reason)));
            default -> output.send(new ServerFrame.Failure(new Refusal(code, reason)));
        }
    }

    /** Nobody waits for a reply any more, and nobody is listened to. */
    public void end() {
        requests.end();
        subscriptions.end();
    }

    /**
     * True if the operation {@code number} was not here before; if it was, the client hears again what became of it.
     *
     * @param done the answer if it was done, with nothing to tell
     * @param unknown the answer if nobody remembers
     */
    private boolean isNew(OptionalLong number, LongFunction<ServerFrame> done, LongFunction<ServerFrame> unknown) {
        if (number.isEmpty() || results.begin(number.getAsLong())) {
            return true;
        }
        long seq = number.getAsLong();
        byte[] answer = results.answer(seq);
        if (answer != null) {
            output.send(answer);
        } else if (!results.isOpen(seq)) {
            output.send((results.unknown(seq) ? unknown : done).apply(seq));
        }
        return false;
    }

    private void answer(long seq, ServerFrame frame) {
        byte[] text = codec.write(frame);
        results.done(seq, text);
        output.send(text);
    }

    private long now() {
        return bus.clock().millis();
    }
}
