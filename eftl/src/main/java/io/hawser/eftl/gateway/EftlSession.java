package io.hawser.eftl.gateway;

import io.hawser.core.access.Admission;
import io.hawser.core.count.Counter;
import io.hawser.core.event.EventCode;
import io.hawser.core.request.Requests;
import io.hawser.core.route.Bus;
import io.hawser.core.session.Journal;
import io.hawser.core.session.Owner;
import io.hawser.core.session.PartyEvent;
import io.hawser.eftl.gateway.channel.EftlChannel;
import io.hawser.eftl.gateway.channel.EftlClient;
import io.hawser.eftl.gateway.channel.EftlMapping;
import io.hawser.eftl.gateway.kept.EftlLineage;
import io.hawser.eftl.gateway.operation.Operations;
import io.hawser.eftl.gateway.party.Intake;
import io.hawser.eftl.gateway.party.Output;
import io.hawser.eftl.gateway.party.Party;
import io.hawser.eftl.gateway.party.Pulse;
import io.hawser.eftl.gateway.subscription.EftlSubscriptions;
import io.hawser.eftl.wire.ClientFrame;
import io.hawser.eftl.wire.EftlClose;
import io.hawser.eftl.wire.EftlError;
import io.hawser.eftl.wire.ProtocolException;
import io.hawser.eftl.wire.ServerFrame;
import io.hawser.net.Loop;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client, from its login until it says goodbye or has been away for too long, on one connection after the other
 * ({@code specs/eftl.md} 1.3, 1.6). Owner: {@code owner}, which is the loop of the connection it has or had last.
 *
 * <pre>
 *   NEW --claim, welcome--> HERE --loss--> AWAY --claim with the token, welcome--> HERE
 *                             |              |
 *                             +--goodbye-----+--time passes, another login--> ENDED
 * </pre>
 *
 * <p>Concurrency: a connection that wants a client id claims the session that has it. Claims run on the owner, one after the other:
 * the older connection is closed, the session moves to the newer's loop, and only there the login is answered. A claim without the
 * session's token ends the session, and the connection claims the next one.
 */
final class EftlSession {
    private static final Logger LOG = LoggerFactory.getLogger(EftlSession.class);

    private final EftlGateway gateway;
    private final EftlClient client;
    private final EftlChannel channel;
    private final Owner owner;
    private final Output output;
    private final Intake intake;
    private final EftlSubscriptions subscriptions;
    private final Operations operations;
    private final EftlLineage lineage;
    private final String token;
    private final Journal journal;
    private final Instant since;
    private final LongAdder taken = new LongAdder();
    private Loop loop;
    private Optional<LoginAttempt> attempt = Optional.empty();
    private @Nullable Pulse pulse;
    private Loop.@Nullable Timer patience;
    private boolean welcomed;
    private boolean ended;
    /** Written by the owner, read by whoever asks. */
    private volatile Optional<String> address = Optional.empty();
    /** Why its client was let in, the last time. */
    private volatile Admission admission;
    /** Who may have the session without its token: the connection it was made for. */
    private @Nullable EftlLink first;
    /** The connection it has, or will have when its turn comes. */
    private @Nullable EftlLink current;
    /** Among those that are away; 0: it is not. */
    private long place;

    /** The session of {@code client}, for {@code link} to claim. */
    EftlSession(EftlGateway gateway, EftlLink link, EftlMapping mapping, EftlClient client) {
        this.gateway = gateway;
        this.client = client;
        this.channel = mapping.channel();
        this.loop = link.loop();
        this.owner = new Owner(loop);
        this.first = link;
        this.admission = link.admission();
        this.token = gateway.newToken();
        this.journal = gateway.bus().journal();
        Bus bus = gateway.bus();
        EftlSettings settings = gateway.settings();
        this.output = new Output(gateway.codec(), gateway.events(client), this::note);
        this.since = bus.clock().instant();
        this.intake = new Intake(this::after);
        this.lineage = new EftlLineage(gateway.lineages());
        Party parts = new Party(bus, owner, gateway.codec(), output, intake, mapping, client, lineage);
        this.subscriptions = new EftlSubscriptions(parts, gateway.shared(), settings.maxSubscriptions());
        Requests requests = new Requests(
                bus,
                owner,
                (delay, task) -> after(delay, task)::cancel,
                settings.requestTimeout(),
                client.id(),
                client.principal(),
                Requests.INBOX + gateway.newToken());
        this.operations = new Operations(parts, subscriptions, requests, this::goodbye, this::answered);
    }

    private void note(PartyEvent event, String detail) {
        journal.note(client.origin(), event, detail);
    }

    /** How it stands; callable from any thread. */
    ClientStatus status() {
        return ClientStatus.of(client, address, since, subscriptions.session(), taken.sum());
    }

    /** Completes with true if nothing is on its way to its client; callable from any thread. */
    CompletableFuture<Boolean> quiet() {
        return CompletableFuture.supplyAsync(() -> intake.quiet(subscriptions.session()), owner);
    }

    private Loop.Timer after(Duration delay, Runnable task) {
        return loop.schedule(delay, () -> owner.execute(task));
    }

    /**
     * Gives the session to {@code link}, which says that it is {@code who}; callable from any thread. Whoever made the session
     * on its own loop is its owner already, and has it at once.
     */
    void claim(EftlLink link, EftlClient who, ClientFrame.Login login) {
        if (link == first && link.loop().inLoop()) {
            claimed(link, who, login);
        } else {
            owner.execute(() -> claimed(link, who, login));
        }
    }

    private void claimed(EftlLink link, EftlClient who, ClientFrame.Login login) {
        Optional<LoginAttempt> said = LoginAttempt.of(login);
        if (!ended && said.isPresent() && attempt.filter(said.get()::isBefore).isPresent()) {
            link.cut(EftlClose.FORCE_CLOSE, "this client has logged in anew since");
            return;
        }
        if (!ended && current != null) {
            LOG.info(
                    "eftl[{}] closed: another client logged in with this client id",
                    client.id(),
                    EventCode.PARTY_REPLACED);
            current.cut(EftlClose.FORCE_CLOSE, "another client logged in with this client id");
            note(PartyEvent.AWAY, "another client logged in with this client id");
            detach();
        }
        if (ended || !(link == first || mayGoOn(who, login))) {
            end();
            gateway.enter(link, who, login);
            return;
        }
        comeBack();
        current = link;
        admission = link.admission();
        attempt = said;
        if (link == first) {
            first = null;
            begin(link, login.idToken());
        } else {
            loop = link.loop();
            owner.move(loop);
            owner.execute(() -> welcome(link));
        }
    }

    /** It is away no more. */
    private void comeBack() {
        if (patience != null) {
            patience.cancel();
        }
        gateway.away(channel).remove(place);
        place = 0;
    }

    /** Only the same client comes back, and only if it can; whoever tries must not learn how much of a token is right. */
    private boolean mayGoOn(EftlClient who, ClientFrame.Login login) {
        return welcomed
                && "true".equals(login.loginOptions().get("_resume"))
                && who.equals(client)
                && MessageDigest.isEqual(
                        login.idToken().getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * What the client publishes under a number must be known when it comes back, whatever becomes of the hub: so the token is
     * kept before it is told.
     */
    private void begin(EftlLink link, String before) {
        if (!channel.persistent() || !client.acknowledges()) {
            welcome(link);
            return;
        }
        String user = client.principal().name();
        lineage.begin(client.key(), user, before, token, gateway.newToken(), owner)
                .whenCompleteAsync(
                        (done, failure) -> {
                            if (failure != null) {
                                LOG.error("eftl[{}] what it sends again may be stored twice", client.id(), failure);
                            }
                            welcome(link);
                        },
                        owner);
    }

    private void welcome(EftlLink link) {
        if (ended || current != link) {
            return;
        }
        if (link.ended()) {
            lost(link);
            return;
        }
        output.attach(link.socket());
        intake.attach(link.socket());
        pulse = new Pulse(loop, output, channel, client.ours(), () -> silent(link));
        output.send(new ServerFrame.Welcome(
                client.id(),
                token,
                channel.times().client().toSeconds(),
                channel.times().heartbeat().toSeconds(),
                channel.limits().maxMessageBytes(),
                client.acknowledges(),
                welcomed,
                1,
                true,
                client.ours(),
                client.hub().map(other -> gateway.bus().linkage().hub())));
        LOG.info(
                "eftl[{}] {} from {}",
                client.id(),
                welcomed ? "is back" : "logged in",
                link.remote(),
                welcomed ? EventCode.PARTY_RETURNED : EventCode.PARTY_JOINED);
        address = Optional.of(String.valueOf(link.remote()));
        note(welcomed ? PartyEvent.RESUMED : PartyEvent.CONNECTED, "from " + link.remote());
        welcomed = true;
        link.attach(this);
        subscriptions.pump();
        intake.decide();
    }

    /** Does what {@code frame} asks for. */
    void take(ClientFrame frame) {
        if (pulse != null) {
            pulse.heard();
        }
        lineage.seen();
        taken.increment();
        frame.to(operations);
        intake.decide();
    }

    /** Answers what cannot be understood. */
    void refuse(ProtocolException refused) {
        operations.refuse(refused, refused.fatal() ? EftlError.PUBLISH_FAILED.code() : refused.code());
        intake.decide();
    }

    /** The client reads on. */
    void writable() {
        subscriptions.pump();
        intake.decide();
    }

    private void answered() {
        if (pulse != null) {
            pulse.answered();
        }
        subscriptions.prune();
    }

    /** The connection {@code link} is gone, the client may come back. */
    void lost(EftlLink link) {
        if (ended || current != link) {
            return;
        }
        detach();
        if (!welcomed || channel.times().reconnect().isZero()) {
            note(PartyEvent.DISCONNECTED, "its connection was lost");
            end();
            return;
        }
        LOG.info(
                "eftl[{}] away: kept for {} s",
                client.id(),
                channel.times().reconnect().toSeconds(),
                EventCode.PARTY_AWAY);
        note(PartyEvent.AWAY, "kept for " + channel.times().reconnect().toSeconds() + " s");
        patience = after(channel.times().reconnect(), this::forgotten);
        place = gateway.away(channel).add(this);
    }

    /** Its client may not come back any more; callable from any thread. */
    void forget() {
        owner.execute(this::forgotten);
    }

    private void forgotten() {
        if (current == null && !ended) {
            LOG.info("eftl[{}] forgotten: it did not come back", client.id(), EventCode.PARTY_LOST);
            note(PartyEvent.DISCONNECTED, "it did not come back");
            end();
        }
    }

    /** The client said on {@code link}, in the way of web pages, that it goes away and does not come back. */
    void left(EftlLink link) {
        if (!ended && current == link) {
            goodbye("its page was closed");
        }
    }

    /** Without a Close frame: to a client that still lives this is a lost connection, after which it comes back. */
    private void silent(EftlLink link) {
        LOG.info("eftl[{}] lost: silent for {}", client.id(), channel.times().client(), EventCode.PARTY_LOST);
        link.drop();
        lost(link);
    }

    private void goodbye(String reason) {
        LOG.info(
                "eftl[{}] logged out: {}",
                client.id(),
                reason.isEmpty() ? "no reason given" : reason,
                EventCode.PARTY_LEFT);
        leave(EftlClose.NORMAL, reason);
    }

    /** The gateway ends it; callable from any thread. */
    void stop(EftlClose code, String reason) {
        owner.execute(() -> leave(code, reason));
    }

    /** Ends it if its client would not be let in any more as the same; callable from any thread. */
    void review() {
        switch (admission.validity().get()) {
            case GOOD -> {}
            case CHANGED -> revoke(EftlClose.RESTART, "who you are here has changed; log in again");
            case ENDED -> revoke(EftlClose.NOT_AUTHENTICATED, "what let you in does so no more");
        }
    }

    private void revoke(EftlClose code, String reason) {
        owner.execute(() -> {
            if (!ended && admission.validity().get() != Admission.Validity.GOOD) {
                LOG.warn("eftl[{}] put out: {}", client.id(), reason, EventCode.PARTY_LEFT);
                gateway.bus().counters().add(Counter.REVOKED);
                leave(code, reason);
            }
        });
    }

    private void leave(EftlClose code, String reason) {
        note(PartyEvent.DISCONNECTED, reason.isEmpty() ? "no reason given" : reason);
        if (current != null) {
            current.cut(code, reason);
            detach();
        }
        end();
    }

    private void detach() {
        current = null;
        address = Optional.empty();
        if (pulse != null) {
            pulse.stop();
            pulse = null;
        }
        output.detach();
        intake.detach();
        subscriptions.away();
    }

    /** The client is off the bus; its durables stay. */
    void end() {
        if (!ended) {
            ended = true;
            comeBack();
            gateway.leave(client.key(), this);
            operations.end();
        }
    }
}
