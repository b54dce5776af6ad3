package io.hawser.eftl;

import io.hawser.eftl.gateway.channel.EftlChannel;
import io.hawser.net.fault.FaultPlan.End;
import io.hawser.net.fault.FaultPlan.Faults;
import io.hawser.net.fault.FaultProxy;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The real gateway behind a network that cuts, freezes, swallows and slices what one seed says, until it is told to be calm.
 * Who is silent for two seconds is taken for lost, on both sides.
 */
final class BadNetwork implements AutoCloseable {
    private static final Duration SILENCE = Duration.ofSeconds(2);
    /** Most connections end within so many bytes of one direction. */
    private static final int LIFE = 10_000;

    /**
     * Handshake and login are shorter. They do not freeze: {@link #connect} begins anew until it gets through, and a login of an
     * earlier one that arrives then is to the hub another program with the same client id, which puts the other out (4000).
     */
    private static final int LOGIN = 1_500;

    private static final int LARGEST_SLICE = 2_048;
    /** For how many seconds the hub keeps the session of a lost connection. */
    private static final int[] KEPT = {0, 1, 60};

    private final AtomicInteger directions = new AtomicInteger();
    private final LiveGateway gateway;
    private final FaultProxy proxy;
    private volatile boolean calm;

    BadNetwork(long seed) {
        gateway = new LiveGateway(channel(KEPT[new Random(seed).nextInt(KEPT.length)]));
        proxy = new FaultProxy(gateway.address(), this::draw, seed);
    }

    private static EftlChannel channel(int kept) {
        EftlChannel like = EftlChannel.DEFAULT;
        return like.withTimes(new EftlChannel.Times(Duration.ofSeconds(kept), Duration.ofSeconds(1), SILENCE));
    }

    /** Slices of one byte come one after the other, larger ones with a delay. */
    private Faults draw(Random random) {
        directions.incrementAndGet();
        if (calm) {
            return Faults.NONE;
        }
        Faults slices = random.nextInt(4) == 0
                ? Faults.NONE.sliced(1)
                : Faults.NONE.sliced(1 + random.nextInt(LARGEST_SLICE)).delayed(random.nextInt(5));
        boolean ends = random.nextInt(8) > 0;
        int after = random.nextInt(LIFE);
        End how =
                switch (random.nextInt(8)) {
                    case 0 -> End.BLACK_HOLE;
                    case 1 -> End.FREEZE;
                    case 2, 3 -> End.HALF_CLOSE;
                    default -> End.RESET;
                };
        return ends ? slices.ending(how == End.FREEZE ? LOGIN + after : after, how) : slices;
    }

    /** Nothing happens any more to connections that are made from now on. */
    void calm() {
        calm = true;
    }

    /** How many connections there have been. */
    int connections() {
        return directions.get() / 2;
    }

    /** Tries until there is a connection, which then comes back by itself. */
    EftlConnection connect(String id) {
        EftlOptions options = EftlOptions.defaults()
                .clientId(id)
                .handshakeTimeout(SILENCE)
                .loginTimeout(SILENCE)
                .autoReconnectMaxDelay(Duration.ofMillis(50));
        while (true) {
            try {
                return Eftl.connect(LiveGateway.url(proxy.address()), options).join();
            } catch (CompletionException failed) {
                if (!(failed.getCause() instanceof EftlConnectException)) {
                    throw failed;
                }
            }
        }
    }

    @Override
    public void close() {
        proxy.close();
        gateway.close();
    }
}
