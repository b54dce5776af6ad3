package io.hawser.net.length;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.Map;

/**
 * When the operating system asks a silent other side whether it is still there, and when it gives it up: after {@code idle +
 * probes * interval}.
 *
 * @param idle how long nothing has come before it asks, whole seconds
 * @param interval from one question to the next, whole seconds
 * @param probes how many questions may stay without an answer
 */
public record Keepalive(Duration idle, Duration interval, int probes) {
    /** Checked: each at least one, of seconds or of questions. */
    public Keepalive {
        if (idle.toSeconds() < 1 || interval.toSeconds() < 1 || probes < 1) {
            throw new IllegalArgumentException("keepalive needs at least 1 s idle, 1 s interval and 1 probe");
        }
    }

    /**
     * Sets it on {@code channel}; false if the operating system knows no such times. Not every system has them, so they are
     * found by name.
     */
    @SuppressWarnings("unchecked") // the three options are whole numbers
    boolean on(Channel channel) {
        Map<String, Integer> wanted = Map.of(
                "TCP_KEEPIDLE", (int) idle.toSeconds(),
                "TCP_KEEPINTERVAL", (int) interval.toSeconds(),
                "TCP_KEEPCOUNT", probes);
        boolean asked = channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
        int set = 0;
        for (ChannelOption<?> option : channel.config().getOptions().keySet()) {
            Integer value = wanted.get(option.name());
            if (value != null && channel.config().setOption((ChannelOption<Integer>) option, value)) {
                set++;
            }
        }
        return asked && set == wanted.size();
    }
}
