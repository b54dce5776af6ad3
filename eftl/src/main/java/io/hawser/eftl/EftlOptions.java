package io.hawser.eftl;

import java.time.Duration;

/**
 * How to connect. Immutable; each method gives a changed copy.
 *
 * @param clientId the name that durables belong to, empty to let the server choose one
 * @param user sent with the login, may be empty
 * @param password sent with the login, may be empty
 * @param timeout how long connecting and logging in may take
 * @param maxPendingAcks how many events may be open on a subscription that acknowledges by hand, 0 for the server's choice
 */
public record EftlOptions(String clientId, String user, String password, Duration timeout, int maxPendingAcks) {
    /** No id, no user, 15 seconds. */
    public static EftlOptions defaults() {
        return new EftlOptions("", "", "", Duration.ofSeconds(15), 0);
    }

    /** These with a client id. */
    public EftlOptions clientId(String id) {
        return new EftlOptions(id, user, password, timeout, maxPendingAcks);
    }

    /** These with a user and a password. */
    public EftlOptions login(String newUser, String newPassword) {
        return new EftlOptions(clientId, newUser, newPassword, timeout, maxPendingAcks);
    }

    /** These with another time limit. */
    public EftlOptions timeout(Duration limit) {
        return new EftlOptions(clientId, user, password, limit, maxPendingAcks);
    }

    /** These with another limit of open events. */
    public EftlOptions maxPendingAcks(int limit) {
        return new EftlOptions(clientId, user, password, timeout, limit);
    }

    /** Names everything but the password. */
    @Override
    public String toString() {
        return "EftlOptions[clientId=" + clientId + ", user=" + user + ", timeout=" + timeout + "]";
    }
}
