package io.hawser.eftl.wire;

import java.util.Optional;

/**
 * Writes one server's frame, members in the order of {@code specs/eftl.md} 1.3 to 1.14. One instance a frame; it owns
 * {@code bytes}.
 */
final class ServerWriter implements ServerFrame.Handler {
    private byte[] bytes = {};

    private ServerWriter() {}

    static byte[] write(ServerFrame frame) {
        ServerWriter writer = new ServerWriter();
        frame.to(writer);
        return writer.bytes;
    }

    private static FrameText frame(int op) {
        return new FrameText(op, 64);
    }

    @Override
    public void heartbeat(ServerFrame.Heartbeat frame) {
        bytes = frame(0).end();
    }

    /** Java's client hangs unless the flags are strings ({@code specs/eftl.md} 1.3). */
    @Override
    public void welcome(ServerFrame.Welcome frame) {
        bytes = new FrameText(2, 256)
                .text("client_id", frame.clientId())
                .text("id_token", frame.idToken())
                .number("timeout", frame.timeoutSeconds())
                .number("heartbeat", frame.heartbeatSeconds())
                .number("max_size", frame.maxSize())
                .text("_qos", Boolean.toString(frame.qos()))
                .text("_resume", Boolean.toString(frame.resume()))
                .number("protocol", frame.protocol())
                .text("stop_supported", Boolean.toString(frame.stopSupported()))
                .text("_hawser", frame.extras() ? Optional.of("1") : Optional.empty())
                .text("_hub", frame.hub())
                .end();
    }

    @Override
    public void subscribed(ServerFrame.Subscribed frame) {
        bytes = frame(4).text("id", frame.id()).number("_since", frame.since()).end();
    }

    @Override
    public void unsubscribed(ServerFrame.Unsubscribed frame) {
        bytes = why(frame(6).text("id", frame.id()), frame.refusal()).end();
    }

    @Override
    public void event(ServerFrame.Event frame) {
        FrameText text = new FrameText(7, 128 + frame.body().json().length)
                .text("to", frame.to())
                .number("seq", frame.seq())
                .numberUnlessZero("sid", frame.storeId())
                .numberUnlessZero("cnt", frame.deliveryCount());
        frame.replyTo().ifPresent(to -> text.text("reply_to", to.inbox()).number("req", to.request()));
        origin(text.body("body", frame.body()), frame.origin());
        frame.change().ifPresent(change -> text.text("_change", change.kind().wire())
                .textUnlessEmpty("_key", change.key())
                .numberUnlessZero("_rev", change.revision()));
        bytes = text.end();
    }

    /** The origin stands behind the body: it is the same for all receivers of a message, like the body. */
    static FrameText origin(FrameText text, ServerFrame.Origin origin) {
        text.text("_topic", origin.topic()).text("_from", origin.from()).number("_time", origin.time());
        origin.passage().ifPresent(passage -> text.text("_hub", passage.hub())
                .number("_number", passage.number())
                .number("_hops", passage.hops()));
        return text;
    }

    @Override
    public void acknowledged(ServerFrame.Acknowledged frame) {
        bytes = why(frame(9).number("seq", frame.seq()), frame.refusal())
                .number("_receivers", frame.receivers())
                .end();
    }

    @Override
    public void failure(ServerFrame.Failure frame) {
        bytes = why(frame(10), frame.refusal()).end();
    }

    @Override
    public void goodbye(ServerFrame.Goodbye frame) {
        bytes = why(frame(12), frame.refusal()).end();
    }

    @Override
    public void requestReply(ServerFrame.RequestReply frame) {
        FrameText text = frame(14).number("seq", frame.seq());
        frame.body().ifPresent(body -> text.body("body", body));
        bytes = why(text, frame.refusal()).end();
    }

    @Override
    public void mapResponse(ServerFrame.MapResponse frame) {
        FrameText text = frame(26).number("seq", frame.seq());
        frame.value().ifPresent(value -> text.body("value", value));
        bytes = why(text, frame.refusal()).number("_rev", frame.revision()).end();
    }

    @Override
    public void started(ServerFrame.Started frame) {
        bytes = frame(31).text("to", frame.to()).end();
    }

    @Override
    public void unknown(ServerFrame.Unknown frame) {
        bytes = frame(frame.op()).end();
    }

    private static FrameText why(FrameText text, Optional<ServerFrame.Refusal> refusal) {
        refusal.ifPresent(why -> why(text, why));
        return text;
    }

    private static FrameText why(FrameText text, ServerFrame.Refusal refusal) {
        return text.number("err", refusal.code()).text("reason", refusal.reason());
    }
}
