package io.hawser.eftl.gateway;

import io.hawser.core.message.Message;
import io.hawser.core.message.Source;
import io.hawser.core.route.Bus;
import io.hawser.core.route.Receipt;
import io.hawser.eftl.wire.ClientFrame;
import io.hawser.eftl.wire.EftlError;
import io.hawser.eftl.wire.ProtocolException;
import io.hawser.eftl.wire.ServerFrame;
import io.hawser.eftl.wire.ServerFrame.Refusal;
import io.hawser.net.WebSocket;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One client that is logged in: whatever it asks for is done or refused here. Owner: the connection's loop. */
final class EftlSession implements ClientFrame.Handler {
    private static final String LATER = "not supported by this version";

    private final Bus bus;
    private final WebSocket socket;
    private final EftlOutput output;
    private final EftlMapping mapping;
    private final EftlClient client;
    private final Source source;
    private final EftlSubscriptions subscriptions;
    private final EftlIntake intake;
    private final EftlPulse pulse;
    private final Consumer<String> goodbye;
    private boolean ended;

    /**
     * A session without subscriptions.
     *
     * @param goodbye ends the connection because the client asked for it, with its reason
     * @param lost ends the connection because the client has been silent for too long
     */
    EftlSession(
            EftlGateway gateway,
            WebSocket socket,
            EftlOutput output,
            EftlMapping mapping,
            EftlClient client,
            Consumer<String> goodbye,
            Runnable lost) {
        this.goodbye = goodbye;
        this.bus = gateway.bus();
        this.socket = socket;
        this.output = output;
        this.mapping = mapping;
        this.client = client;
        this.source = new Source(EftlMapping.PROTOCOL, client.id(), EftlMapping.PROTOCOL + "/" + client.key());
        this.subscriptions = new EftlSubscriptions(bus, socket.loop(), output, mapping, client, gateway.settings());
        this.intake = new EftlIntake(socket);
        this.pulse = new EftlPulse(socket.loop(), output, gateway.settings(), lost);
    }

    /** Does what {@code frame} asks for. */
    void take(ClientFrame frame) {
        pulse.heard();
        frame.to(this);
        intake.decide();
    }

    /** The client reads on. */
    void writable() {
        subscriptions.writable();
        intake.decide();
    }

    /** Takes the client off the bus; its durables stay. */
    void end() {
        if (!ended) {
            ended = true;
            pulse.stop();
            subscriptions.end();
        }
    }

    @Override
    public void heartbeat(ClientFrame.Heartbeat frame) {
        pulse.answered();
    }

    @Override
    public void login(ClientFrame.Login frame) {
        failure(EftlError.PUBLISH_FAILED, "already logged in; open another connection for another login");
    }

    @Override
    public void publish(ClientFrame.Publish frame) {
        Message message;
        try {
            message = mapping.message(frame.body(), source, bus.clock().millis());
        } catch (IllegalArgumentException noTopic) {
            output.refuse(frame.seq(), EftlError.PUBLISH_FAILED, "_dest: " + noTopic.getMessage());
            return;
        }
        Receipt receipt = bus.router().publish(client.principal(), message);
        intake.pause(receipt.lagging());
        if (receipt instanceof Receipt.Storing store) {
            acknowledgeOnceStored(frame.seq(), store);
        } else if (receipt instanceof Receipt.Routed routed) {
            output.acknowledge(frame.seq(), receivers(routed.receivers()));
        } else if (receipt instanceof Receipt.Refused refused) {
            output.refuse(frame.seq(), EftlError.PUBLISH_DISALLOWED, refused.reason());
        }
    }

    /** The acknowledgement leaves only when the store has said that the message is safe. */
    private void acknowledgeOnceStored(OptionalLong seq, Receipt.Storing store) {
        intake.storing();
        store.stored()
                .whenCompleteAsync(
                        (id, failure) -> {
                            intake.stored();
                            acknowledge(seq, store.receivers(), failure);
                        },
                        socket.loop());
    }

    private void acknowledge(OptionalLong seq, int receivers, @Nullable Throwable failure) {
        if (ended) {
            return;
        }
        if (failure == null) {
            output.acknowledge(seq, receivers(receivers));
        } else {
            output.refuse(seq, EftlError.PUBLISH_FAILED, EftlOutput.reason(failure));
        }
    }

    private OptionalLong receivers(int count) {
        return client.ours() ? OptionalLong.of(count) : OptionalLong.empty();
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
    public void disconnect(ClientFrame.Disconnect frame) {
        goodbye.accept(frame.reason());
    }

    @Override
    public void request(ClientFrame.Request frame) {
        refuseRequest(frame.seq(), EftlError.REQUEST_FAILED.code(), "requests are " + LATER);
    }

    @Override
    public void reply(ClientFrame.Reply frame) {
        output.refuse(frame.seq(), EftlError.PUBLISH_FAILED, "replies are " + LATER);
    }

    @Override
    public void mapCreate(ClientFrame.MapCreate frame) {
        refuseMap(frame.seq(), EftlError.MAP_REQUEST_FAILED.code(), "maps are " + LATER);
    }

    @Override
    public void mapDestroy(ClientFrame.MapDestroy frame) {
        refuseMap(frame.seq(), EftlError.MAP_REQUEST_FAILED.code(), "maps are " + LATER);
    }

    @Override
    public void mapSet(ClientFrame.MapSet frame) {
        refuseMap(frame.seq(), EftlError.MAP_REQUEST_FAILED.code(), "maps are " + LATER);
    }

    @Override
    public void mapGet(ClientFrame.MapGet frame) {
        refuseMap(frame.seq(), EftlError.MAP_REQUEST_FAILED.code(), "maps are " + LATER);
    }

    @Override
    public void mapRemove(ClientFrame.MapRemove frame) {
        refuseMap(frame.seq(), EftlError.MAP_REQUEST_FAILED.code(), "maps are " + LATER);
    }

    @Override
    public void stop(ClientFrame.Stop frame) {
        failure(EftlError.STOP_FAILED, "stopping a subscription is " + LATER);
    }

    @Override
    public void start(ClientFrame.Start frame) {
        failure(EftlError.START_FAILED, "starting a subscription is " + LATER);
    }

    @Override
    public void unknown(ClientFrame.Unknown frame) {
        // newer clients may say more; clients ignore what they do not know, and so does the server
    }

    /** Answers the request that {@code refused} is about, in the way that its kind of request is answered. */
    void refuse(ProtocolException refused, int code) {
        Refusal refusal = new Refusal(code, refused.reason());
        switch (refused.op()) {
            case 3 -> output.send(new ServerFrame.Unsubscribed(refused.id().orElse(""), refusal));
            case 8, 15 ->
                refused.seq()
                        .ifPresent(seq -> output.send(
                                new ServerFrame.Acknowledged(seq, Optional.of(refusal), OptionalLong.empty())));
            case 13 -> refused.seq().ifPresent(seq -> refuseRequest(seq, code, refused.reason()));
            case 16, 18, 20, 22, 24 -> refuseMap(refused.seq(), code, refused.reason());
            default -> output.send(new ServerFrame.Failure(refusal));
        }
        intake.decide();
    }

    private void refuseRequest(long seq, int code, String reason) {
        output.send(new ServerFrame.RequestReply(seq, Optional.empty(), Optional.of(new Refusal(code, reason))));
    }

    private void refuseMap(OptionalLong seq, int code, String reason) {
        if (seq.isPresent()) {
            output.send(new ServerFrame.MapResponse(
                    seq.getAsLong(), Optional.empty(), Optional.of(new Refusal(code, reason))));
        }
    }

    private void failure(EftlError error, String reason) {
        output.send(new ServerFrame.Failure(new Refusal(error.code(), reason)));
    }
}
