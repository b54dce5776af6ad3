package io.hawser.iot.wire;

import java.util.regex.Pattern;

/**
 * Says what is wrong with what a device, a gateway or an operator sent: in which message of a batch, in which member, and
 * why. The hub answers the whole call with 400 ({@code specs/iot.md} 1.7).
 *
 * <p>Checked, so that no caller can forget that strangers send anything. Carries no stack trace: it tells about the sender,
 * not about this program, and a flood of bad calls must stay cheap.
 */
public final class ProtocolException extends Exception {
    private static final long serialVersionUID = 1;
    private static final int SHOWN = 80;
    /** Names are shown where nothing is wrong, too: a pattern that is made each time takes a tenth of the hub. */
    private static final Pattern UNSHOWN = Pattern.compile("[\\p{Cntrl}\\p{Cs}\\u2028\\u2029]");

    private ProtocolException(String reason) {
        super(reason, null, false, false);
    }

    /** A refusal for {@code reason}, one line that holds no more of what was sent than a name. */
    public static ProtocolException of(String reason) {
        return new ProtocolException(reason);
    }

    /** A foreign name as a refusal may show it: not too long, and on one line. */
    public static String shown(String name) {
        String cut = name.length() <= SHOWN ? name : name.substring(0, SHOWN) + "...";
        return UNSHOWN.matcher(cut).replaceAll("?");
    }

    /** What is wrong, in one line. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
