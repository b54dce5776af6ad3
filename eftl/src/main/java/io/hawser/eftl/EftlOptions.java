package io.hawser.eftl;

import io.hawser.net.tls.TlsTrust;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** How to connect, and how the connection behaves. Immutable; each method with a value gives a changed copy. */
public final class EftlOptions {
    /** What {@code publish} and its like do when too much waits for the server's answers. */
    public enum WhenFull {
        /** The future fails with an {@link EftlOverflowException}; nothing is sent. The default. */
        FAIL,
        /** The calling thread waits for room; inside a listener it fails instead, as the room would be made there. */
        WAIT
    }

    private static final int DEFAULT_ATTEMPTS = 256;
    private static final int DEFAULT_UNACKNOWLEDGED = 10_000;
    private static final int DEFAULT_UNHANDLED = 10_000;
    private static final int DEFAULT_BYTES = 64 << 20;

    private String user = "";
    private String password = "";
    private String token = "";
    private String clientId = "";
    private int maxPendingAcks;
    private Duration handshakeTimeout = Duration.ofSeconds(15);
    private Duration loginTimeout = Duration.ofSeconds(15);
    private Duration closeTimeout = Duration.ofSeconds(5);
    private int autoReconnectAttempts = DEFAULT_ATTEMPTS;
    private Duration autoReconnectMaxDelay = Duration.ofSeconds(30);
    private TlsTrust trust = TlsTrust.system();
    private int maxUnacknowledged = DEFAULT_UNACKNOWLEDGED;
    private int maxUnacknowledgedBytes = DEFAULT_BYTES;
    private WhenFull whenFull = WhenFull.FAIL;
    private int maxUnhandled = DEFAULT_UNHANDLED;
    private int maxUnhandledBytes = DEFAULT_BYTES;
    private Optional<Executor> executor = Optional.empty();
    private EftlConnectionListener listener = new EftlConnectionListener() {};

    private EftlOptions() {}

    private EftlOptions(EftlOptions other) {
        user = other.user;
        password = other.password;
        token = other.token;
        clientId = other.clientId;
        maxPendingAcks = other.maxPendingAcks;
        handshakeTimeout = other.handshakeTimeout;
        loginTimeout = other.loginTimeout;
        closeTimeout = other.closeTimeout;
        autoReconnectAttempts = other.autoReconnectAttempts;
        autoReconnectMaxDelay = other.autoReconnectMaxDelay;
        trust = other.trust;
        maxUnacknowledged = other.maxUnacknowledged;
        maxUnacknowledgedBytes = other.maxUnacknowledgedBytes;
        whenFull = other.whenFull;
        maxUnhandled = other.maxUnhandled;
        maxUnhandledBytes = other.maxUnhandledBytes;
        executor = other.executor;
        listener = other.listener;
    }

    /** Everything as each method says. */
    public static EftlOptions defaults() {
        return new EftlOptions();
    }

    // ---- who ----

    /** With a user and a password, unless the address names a user. By default none. */
    public EftlOptions login(String newUser, String newPassword) {
        return with(changed -> {
            changed.user = newUser;
            changed.password = newPassword;
            changed.token = "";
        });
    }

    /**
     * With a token instead of user and password: it travels as bearer token in the handshake, and as password of a login
     * without user.
     */
    public EftlOptions token(String newToken) {
        if (!newToken.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new IllegalArgumentException("a token is ASCII without spaces");
        }
        return with(changed -> {
            changed.user = "";
            changed.password = "";
            changed.token = newToken;
        });
    }

    /** With a client id, which durables belong to, unless the address names one. By default the server chooses one. */
    public EftlOptions clientId(String id) {
        return with(changed -> changed.clientId = id);
    }

    /** With a limit of events that may be open on subscriptions that acknowledge by hand. By default 0: the server's. */
    public EftlOptions maxPendingAcks(int limit) {
        return with(changed -> changed.maxPendingAcks = atLeast(0, "maxPendingAcks", limit));
    }

    // ---- how long ----

    /** With a limit for connecting and the WebSocket handshake, for each address. By default 15 s. */
    public EftlOptions handshakeTimeout(Duration limit) {
        return with(changed -> changed.handshakeTimeout = positive("handshakeTimeout", limit));
    }

    /** With a limit for the server's answer to the login. By default 15 s. */
    public EftlOptions loginTimeout(Duration limit) {
        return with(changed -> changed.loginTimeout = positive("loginTimeout", limit));
    }

    /** With a limit for what a goodbye waits for: answers of the server, and listeners. By default 5 s. */
    public EftlOptions closeTimeout(Duration limit) {
        return with(changed -> changed.closeTimeout = positive("closeTimeout", limit));
    }

    // ---- coming back ({@code specs/eftl.md} 1.15) ----

    /** With so many waits in a row before coming back is given up, 0 for never coming back. By default 256. */
    public EftlOptions autoReconnectAttempts(int attempts) {
        return with(changed -> changed.autoReconnectAttempts = atLeast(0, "autoReconnectAttempts", attempts));
    }

    /** With a longest wait before all addresses are tried again. By default 30 s. */
    public EftlOptions autoReconnectMaxDelay(Duration limit) {
        return with(changed -> changed.autoReconnectMaxDelay = positive("autoReconnectMaxDelay", limit));
    }

    // ---- whom to trust, for wss:// ----

    /**
     * With the certificates in {@code file} as the only ones trusted, authorities or the servers' own. By default those
     * of the JVM.
     *
     * @param file PEM
     * @throws io.hawser.net.tls.UnusableTlsException if it cannot be read
     */
    public EftlOptions trustStore(Path file) {
        return with(changed -> changed.trust = TlsTrust.pem(file));
    }

    /**
     * The same from a PKCS12 store.
     *
     * @throws io.hawser.net.tls.UnusableTlsException if it cannot be read
     */
    public EftlOptions trustStore(Path file, String storePassword) {
        return with(changed -> changed.trust = TlsTrust.pkcs12(file, storePassword));
    }

    /** With trust in whom {@code other} trusts, and with the certificate that it shows. */
    public EftlOptions trust(TlsTrust other) {
        return with(changed -> changed.trust = other);
    }

    /** With trust in every server, whoever it is: for tests only. */
    public EftlOptions trustAll() {
        return with(changed -> changed.trust = TlsTrust.everybody());
    }

    // ---- how much may wait ----

    /**
     * With a limit of operations, and of the bytes of their messages, that may wait for the server's answer; beyond it
     * {@link #whenFull} holds. By default 10,000 and 64 MiB.
     */
    public EftlOptions maxUnacknowledged(int operations, int bytes) {
        return with(changed -> {
            changed.maxUnacknowledged = atLeast(1, "maxUnacknowledged", operations);
            changed.maxUnacknowledgedBytes = atLeast(1, "maxUnacknowledged bytes", bytes);
        });
    }

    /** With what happens beyond {@link #maxUnacknowledged}. By default {@link WhenFull#FAIL}. */
    public EftlOptions whenFull(WhenFull what) {
        return with(changed -> changed.whenFull = what);
    }

    /**
     * With a limit of events, and of the bytes of their messages, that may wait for listeners; beyond it nothing more is
     * read until half of it is handled, so that the server waits. By default 10,000 and 64 MiB.
     */
    public EftlOptions maxUnhandled(int events, int bytes) {
        return with(changed -> {
            changed.maxUnhandled = atLeast(1, "maxUnhandled", events);
            changed.maxUnhandledBytes = atLeast(1, "maxUnhandled bytes", bytes);
        });
    }

    // ---- who hears ----

    /** With an executor that listeners run on, one at a time. By default a daemon thread of the connection. */
    public EftlOptions executor(Executor other) {
        return with(changed -> changed.executor = Optional.of(other));
    }

    /** With somebody who hears what happens to the connection. By default nobody. */
    public EftlOptions listener(EftlConnectionListener other) {
        return with(changed -> changed.listener = other);
    }

    // ---- what was chosen ----

    String user() {
        return user;
    }

    String password() {
        return password;
    }

    String token() {
        return token;
    }

    String clientId() {
        return clientId;
    }

    int maxPendingAcks() {
        return maxPendingAcks;
    }

    Duration handshakeTimeout() {
        return handshakeTimeout;
    }

    Duration loginTimeout() {
        return loginTimeout;
    }

    Duration closeTimeout() {
        return closeTimeout;
    }

    int autoReconnectAttempts() {
        return autoReconnectAttempts;
    }

    Duration autoReconnectMaxDelay() {
        return autoReconnectMaxDelay;
    }

    TlsTrust trust() {
        return trust;
    }

    int maxUnacknowledged() {
        return maxUnacknowledged;
    }

    int maxUnacknowledgedBytes() {
        return maxUnacknowledgedBytes;
    }

    WhenFull whenFull() {
        return whenFull;
    }

    int maxUnhandled() {
        return maxUnhandled;
    }

    int maxUnhandledBytes() {
        return maxUnhandledBytes;
    }

    Optional<Executor> executor() {
        return executor;
    }

    EftlConnectionListener listener() {
        return listener;
    }

    /** Names neither password nor token. */
    @Override
    public String toString() {
        return "EftlOptions[clientId=" + clientId + ", user=" + user + "]";
    }

    private EftlOptions with(Consumer<EftlOptions> change) {
        EftlOptions copy = new EftlOptions(this);
        change.accept(copy);
        return copy;
    }

    private static int atLeast(int least, String name, int value) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", not " + value);
        }
        return value;
    }

    private static Duration positive(String name, Duration value) {
        if (value.toMillis() <= 0) {
            throw new IllegalArgumentException(name + " must be at least 1 ms, not " + value);
        }
        return value;
    }
}
