package io.hawser.core.access;

/**
 * What somebody says who wants to be let in.
 *
 * @param user the user name, empty if none was given
 * @param secret a password or token, empty if none was given
 * @param from the address it comes from, for the log and for limits
 */
public record Credentials(String user, String secret, String from) {
    /** Without the secret. */
    @Override
    public String toString() {
        return "credentials of '" + user + "' from " + from;
    }
}
