package io.hawser.eftl.wire;

import java.util.Optional;

/** Makes a client's frame of its members ({@code specs/eftl.md} 1.2). Stateless but for its limits. */
final class ClientReader {
    private final EftlLimits limits;

    ClientReader(EftlLimits limits) {
        this.limits = limits;
    }

    ClientFrame read(Members members) throws ProtocolException {
        int op = members.op();
        return switch (op) {
            case 0 -> new ClientFrame.Heartbeat();
            case 1 -> login(members);
            case 3 -> subscribe(members);
            case 5 -> new ClientFrame.Unsubscribe(members.subscription("id"), members.flag("del", true));
            case 8 -> new ClientFrame.Publish(members.seq(), members.body(), members.origin());
            case 9 -> new ClientFrame.Acknowledge(members.requiredSeq(), members.optional("id", limits.maxIdBytes()));
            case 11 -> new ClientFrame.Disconnect(members.text("reason", limits.maxTextBytes()));
            case 13 -> new ClientFrame.Request(members.requiredSeq(), members.body());
            case 15 -> reply(members);
            case 16 -> new ClientFrame.MapCreate(members.seq(), map(members));
            case 17 -> keys(members);
            case 18 -> new ClientFrame.MapDestroy(members.seq(), map(members));
            case 20 ->
                new ClientFrame.MapSet(
                        members.seq(), map(members), key(members), members.value(), members.number("_rev"));
            case 22 -> new ClientFrame.MapGet(members.seq(), map(members), key(members));
            case 24 -> new ClientFrame.MapRemove(members.seq(), map(members), key(members), members.number("_rev"));
            case 28 -> new ClientFrame.Stop(members.subscription("id"), members.requiredSeq());
            case 30 -> new ClientFrame.Start(members.subscription("id"));
            default -> new ClientFrame.Unknown(op);
        };
    }

    private ClientFrame login(Members members) throws ProtocolException {
        return new ClientFrame.Login(
                members.smallNumber("protocol"),
                members.text("client_type", limits.maxTextBytes()),
                members.text("client_version", limits.maxTextBytes()),
                members.text("user", limits.maxTextBytes()),
                members.text("password", limits.maxTextBytes()),
                members.text("client_id", limits.maxIdBytes()),
                members.text("id_token", limits.maxIdBytes()),
                members.smallNumber("max_pending_acks"),
                members.loginOptions());
    }

    private ClientFrame subscribe(Members members) throws ProtocolException {
        return new ClientFrame.Subscribe(
                members.subscription("id"),
                members.text("matcher", limits.maxMatcherBytes()),
                members.optional("durable", limits.maxNameBytes()),
                members.ackMode(),
                members.durableType(),
                members.optional("key", limits.maxNameBytes()),
                members.flag("stopped", false),
                members.optional("regexp", limits.maxTextBytes()),
                feed(members));
    }

    private Optional<ClientFrame.Feed> feed(Members members) throws ProtocolException {
        ClientFrame.Feed feed = new ClientFrame.Feed(
                members.optional("_map", limits.maxNameBytes()),
                members.text("_prefix", limits.maxNameBytes()),
                members.number("_since"));
        return Optional.of(feed)
                .filter(asked -> asked.map().isPresent() || asked.since().isPresent());
    }

    private ClientFrame keys(Members members) throws ProtocolException {
        return new ClientFrame.MapKeys(
                members.seq(),
                map(members),
                members.text("prefix", limits.maxNameBytes()),
                members.text("after", limits.maxNameBytes()));
    }

    private ClientFrame reply(Members members) throws ProtocolException {
        String inbox = members.required("to", limits.maxIdBytes());
        long request = members.number("req").orElseThrow(() -> members.failed("req is missing"));
        return new ClientFrame.Reply(members.seq(), new ReplyAddress(inbox, request), members.body());
    }

    private String map(Members members) throws ProtocolException {
        return members.required("map", limits.maxNameBytes());
    }

    private String key(Members members) throws ProtocolException {
        return members.required("key", limits.maxNameBytes());
    }
}
