package io.hawser.eftl.wire;

import java.util.Optional;

/** Makes a server's frame of its members ({@code specs/eftl.md} 1.2). Stateless but for its limits. */
final class ServerReader {
    private final EftlLimits limits;

    ServerReader(EftlLimits limits) {
        this.limits = limits;
    }

    ServerFrame read(Members members) throws ProtocolException {
        int op = members.op();
        return switch (op) {
            case 0 -> new ServerFrame.Heartbeat();
            case 2 -> welcome(members);
            case 4 -> new ServerFrame.Subscribed(members.subscription("id"), members.number("_since"));
            case 6 -> new ServerFrame.Unsubscribed(members.subscription("id"), given(members));
            case 7 -> event(members);
            case 9 ->
                new ServerFrame.Acknowledged(members.requiredSeq(), refusal(members), members.number("_receivers"));
            case 10 -> new ServerFrame.Failure(given(members));
            case 12 -> new ServerFrame.Goodbye(given(members));
            case 14 -> new ServerFrame.RequestReply(members.requiredSeq(), members.optionalBody(), refusal(members));
            case 26 ->
                new ServerFrame.MapResponse(
                        members.requiredSeq(), members.optionalValue(), refusal(members), members.number("_rev"));
            case 31 -> new ServerFrame.Started(members.subscription("to"));
            default -> new ServerFrame.Unknown(op);
        };
    }

    private ServerFrame welcome(Members members) throws ProtocolException {
        return new ServerFrame.Welcome(
                members.required("client_id", limits.maxIdBytes()),
                members.text("id_token", limits.maxIdBytes()),
                members.seconds("timeout"),
                members.seconds("heartbeat"),
                members.number("max_size").orElse(0),
                members.flag("_qos", false),
                members.flag("_resume", false),
                members.smallNumber("protocol"),
                members.flag("stop_supported", false),
                members.flag("_hawser", false),
                members.optional("_hub", limits.maxIdBytes()));
    }

    private ServerFrame event(Members members) throws ProtocolException {
        String to = members.subscription("to");
        long request = members.number("req").orElse(0);
        Optional<ReplyAddress> replyTo =
                members.optional("reply_to", limits.maxIdBytes()).map(inbox -> new ReplyAddress(inbox, request));
        return new ServerFrame.Event(
                to,
                members.seq(),
                members.number("sid").orElse(0),
                members.number("cnt").orElse(0),
                replyTo,
                members.body(),
                members.origin(),
                change(members));
    }

    private Optional<ServerFrame.Change> change(Members members) throws ProtocolException {
        String word = members.text("_change", limits.maxNameBytes());
        for (ServerFrame.ChangeKind kind : ServerFrame.ChangeKind.values()) {
            if (kind.wire().equals(word)) {
                return Optional.of(new ServerFrame.Change(
                        kind,
                        members.text("_key", limits.maxNameBytes()),
                        members.number("_rev").orElse(0)));
            }
        }
        if (word.isEmpty()) {
            return Optional.empty();
        }
        throw members.failed("_change must be set, removed, expired or restarted");
    }

    private ServerFrame.Refusal given(Members members) throws ProtocolException {
        return new ServerFrame.Refusal(members.smallNumber("err"), members.text("reason", limits.maxTextBytes()));
    }

    private Optional<ServerFrame.Refusal> refusal(Members members) throws ProtocolException {
        return Optional.of(given(members)).filter(refusal -> refusal.code() != 0);
    }
}
