package io.hawser.eftl.wire;

/** Writes one client's frame, members in the order of the originals. One instance a frame; it owns {@code bytes}. */
final class ClientWriter implements ClientFrame.Handler {
    private byte[] bytes = {};

    private ClientWriter() {}

    static byte[] write(ClientFrame frame) {
        ClientWriter writer = new ClientWriter();
        frame.to(writer);
        return writer.bytes;
    }

    private static FrameText frame(int op) {
        return new FrameText(op, 64);
    }

    private static FrameText frame(int op, Body body) {
        return new FrameText(op, 64 + body.json().length);
    }

    @Override
    public void heartbeat(ClientFrame.Heartbeat frame) {
        bytes = frame(0).end();
    }

    @Override
    public void login(ClientFrame.Login frame) {
        bytes = new FrameText(1, 256)
                .numberUnlessZero("protocol", frame.protocol())
                .textUnlessEmpty("client_type", frame.clientType())
                .textUnlessEmpty("client_version", frame.clientVersion())
                .textUnlessEmpty("user", frame.user())
                .textUnlessEmpty("password", frame.password())
                .textUnlessEmpty("client_id", frame.clientId())
                .textUnlessEmpty("id_token", frame.idToken())
                .numberUnlessZero("max_pending_acks", frame.maxPendingAcks())
                .texts("login_options", frame.loginOptions())
                .end();
    }

    @Override
    public void subscribe(ClientFrame.Subscribe frame) {
        FrameText text = frame(3).text("id", frame.id())
                .textUnlessEmpty("matcher", frame.matcher())
                .text("durable", frame.durable())
                .flag("stopped", frame.stopped());
        if (frame.type() != ClientFrame.DurableType.STANDARD) {
            text.text("type", frame.type().wire());
        }
        text.text("key", frame.key());
        if (frame.ack() != ClientFrame.AckMode.AUTO) {
            text.text("ack", frame.ack().wire());
        }
        text.text("regexp", frame.regexp());
        frame.feed().ifPresent(feed -> text.text("_map", feed.map())
                .textUnlessEmpty("_prefix", feed.prefix())
                .number("_since", feed.since()));
        bytes = text.end();
    }

    @Override
    public void unsubscribe(ClientFrame.Unsubscribe frame) {
        FrameText text = frame(5).text("id", frame.id());
        bytes = frame.delete() ? text.end() : text.flag("del", false).end();
    }

    @Override
    public void publish(ClientFrame.Publish frame) {
        FrameText text = frame(8, frame.body()).number("seq", frame.seq()).body("body", frame.body());
        bytes = ServerWriter.origin(text, frame.origin()).end();
    }

    @Override
    public void acknowledge(ClientFrame.Acknowledge frame) {
        bytes = frame(9).number("seq", frame.seq()).text("id", frame.id()).end();
    }

    @Override
    public void disconnect(ClientFrame.Disconnect frame) {
        bytes = frame(11).textUnlessEmpty("reason", frame.reason()).end();
    }

    @Override
    public void request(ClientFrame.Request frame) {
        bytes = frame(13, frame.body())
                .number("seq", frame.seq())
                .body("body", frame.body())
                .end();
    }

    @Override
    public void reply(ClientFrame.Reply frame) {
        bytes = frame(15, frame.body())
                .number("seq", frame.seq())
                .body("body", frame.body())
                .text("to", frame.to().inbox())
                .number("req", frame.to().request())
                .end();
    }

    @Override
    public void mapCreate(ClientFrame.MapCreate frame) {
        bytes = frame(16).number("seq", frame.seq()).text("map", frame.map()).end();
    }

    @Override
    public void mapKeys(ClientFrame.MapKeys frame) {
        bytes = frame(17)
                .text("map", frame.map())
                .textUnlessEmpty("prefix", frame.prefix())
                .textUnlessEmpty("after", frame.after())
                .number("seq", frame.seq())
                .end();
    }

    @Override
    public void mapDestroy(ClientFrame.MapDestroy frame) {
        bytes = frame(18).number("seq", frame.seq()).text("map", frame.map()).end();
    }

    @Override
    public void mapSet(ClientFrame.MapSet frame) {
        bytes = frame(20, frame.value())
                .text("map", frame.map())
                .text("key", frame.key())
                .body("value", frame.value())
                .number("seq", frame.seq())
                .number("_rev", frame.revision())
                .end();
    }

    @Override
    public void mapGet(ClientFrame.MapGet frame) {
        bytes = frame(22)
                .text("map", frame.map())
                .text("key", frame.key())
                .number("seq", frame.seq())
                .end();
    }

    @Override
    public void mapRemove(ClientFrame.MapRemove frame) {
        bytes = frame(24)
                .text("map", frame.map())
                .text("key", frame.key())
                .number("seq", frame.seq())
                .number("_rev", frame.revision())
                .end();
    }

    @Override
    public void stop(ClientFrame.Stop frame) {
        bytes = frame(28).text("id", frame.id()).number("seq", frame.lastSeq()).end();
    }

    @Override
    public void start(ClientFrame.Start frame) {
        bytes = frame(30).text("id", frame.id()).end();
    }

    @Override
    public void unknown(ClientFrame.Unknown frame) {
        bytes = frame(frame.op()).end();
    }
}
