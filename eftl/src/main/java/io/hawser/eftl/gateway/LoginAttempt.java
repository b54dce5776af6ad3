package io.hawser.eftl.gateway;

import io.hawser.eftl.wire.ClientFrame;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which login of which program one is ({@code _attempt} in the login options of our own clients): a network may hold a login
 * back until its client has given it up and made another one.
 *
 * @param program drawn at random by each connection of a program
 * @param number counted up by it
 */
record LoginAttempt(String program, long number) {
    private static final Pattern FORM = Pattern.compile("([0-9a-f]{1,32})-([0-9]{1,15})");

    /** The one that {@code login} says it is, if it does. */
    static Optional<LoginAttempt> of(ClientFrame.Login login) {
        Matcher said = FORM.matcher(login.loginOptions().getOrDefault("_attempt", ""));
        return said.matches()
                ? Optional.of(new LoginAttempt(said.group(1), Long.parseLong(said.group(2))))
                : Optional.empty();
    }

    /** True if the same program made {@code other} later. */
    boolean isBefore(LoginAttempt other) {
        return program.equals(other.program) && number < other.number;
    }
}
