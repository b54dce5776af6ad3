package io.hawser.eftl.gateway.channel;

import io.hawser.core.access.Principal;
import io.hawser.core.store.durable.DurableName;
import io.hawser.eftl.wire.ClientFrame;
import io.hawser.eftl.wire.ClientFrame.AckMode;
import io.hawser.eftl.wire.ClientFrame.DurableType;
import java.util.Optional;

/**
 * Who a client said it is when it logged in ({@code specs/eftl.md} 1.3).
 *
 * @param channel the channel it is on
 * @param id its client id, ours if it gave none
 * @param principal who it is for access rules
 * @param proven whether it has proved that, so that its client id is its own: another user's of the same name is another one
 * @param protocol 1, or 0 for clients up to 6.4, whose acknowledgements mean every event up to a number
 * @param acknowledges whether it wants acknowledgements and sends them ({@code _qos})
 * @param ours whether it understands our extensions ({@code _hawser})
 * @param tellsAckModes whether its subscriptions say how they are acknowledged; the Python client keeps that to itself
 * @param maxPendingAcks how many events it wants to have open at most; 0 leaves it to the server
 * @param hub the id of the hub that it is a link of ({@code _hub}); empty: it is a program
 */
public record EftlClient(
        String channel,
        String id,
        Principal principal,
        boolean proven,
        int protocol,
        boolean acknowledges,
        boolean ours,
        boolean tellsAckModes,
        int maxPendingAcks,
        Optional<String> hub) {
    /** How many events may be open towards clients that acknowledge without being asked ({@code specs/eftl.md} 1.4). */
    public static final int AUTO_WINDOW = 1_000;

    /**
     * The same towards clients that may never acknowledge without having said so ({@code specs/eftl.md} 1.4): the durable's
     * own limit is the one that counts.
     */
    static final int UNTOLD_WINDOW = 1_000_000;

    /** The client that {@code login} speaks of, with {@code generatedId} if it gave no id. */
    public static EftlClient of(
            String channel, ClientFrame.Login login, String generatedId, Principal principal, boolean proven) {
        boolean ours = "1".equals(login.loginOptions().get("_hawser"));
        return new EftlClient(
                channel,
                login.clientId().isEmpty() ? generatedId : login.clientId(),
                principal,
                proven,
                login.protocol(),
                "true".equals(login.loginOptions().get("_qos")),
                ours,
                !login.clientType().equals("python"),
                login.maxPendingAcks(),
                Optional.ofNullable(login.loginOptions().get("_hub")).filter(hub -> ours));
    }

    /** Where its messages come in, as their source says. */
    public String origin() {
        return EftlMapping.PROTOCOL + '/' + key();
    }

    /** What is unique among those who are logged in. */
    public String key() {
        return channel + '/' + (proven ? principal.name() + '@' : "") + id;
    }

    /** Its user name, empty if it gave none. */
    public String user() {
        return principal.equals(Principal.ANONYMOUS) ? "" : principal.name();
    }

    /** A standard durable belongs to a client id, and so to its user; any other to the channel ({@code specs/eftl.md} 4). */
    public DurableName durable(DurableType type, String name) {
        return new DurableName(type == DurableType.STANDARD ? "eftl/" + key() : "eftl-shared/" + channel, name);
    }

    /** How a subscription that asked for {@code asked} is acknowledged. */
    public AckMode ackMode(AckMode asked) {
        return acknowledges ? asked : AckMode.NONE;
    }

    /** How many events that it acknowledges by hand may be open at once, over all its subscriptions. */
    public int maxPending(int serverMax) {
        return maxPendingAcks > 0 ? Math.min(maxPendingAcks, serverMax) : serverMax;
    }

    /** How many events of one durable may be open at once. */
    public int window(AckMode ack, int serverMax) {
        if (ack == AckMode.AUTO && !tellsAckModes) {
            return UNTOLD_WINDOW;
        }
        if (ack != AckMode.CLIENT) {
            return AUTO_WINDOW;
        }
        return maxPending(serverMax);
    }
}
