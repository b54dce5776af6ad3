package io.hawser.iot.policy.rule;

/**
 * Says what is wrong with a device policy: which function of which pipeline, which parameter, and why. Carries no stack trace: it
 * tells about the policy, not about this program.
 */
public final class PolicyException extends Exception {
    private static final long serialVersionUID = 1;

    private PolicyException(String reason) {
        super(reason, null, false, false);
    }

    /** A refusal for {@code reason}, one line. */
    public static PolicyException of(String reason) {
        return new PolicyException(reason);
    }

    /** What is wrong, in one line. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
