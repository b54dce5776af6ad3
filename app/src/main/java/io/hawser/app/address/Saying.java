package io.hawser.app.address;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be said of a hub and of who one is, in a context or a file of credentials. */
enum Saying {
    /** The hub's eFTL address. */
    SERVER(false, false),
    /** The hub's admin address. */
    ADMIN(false, false),
    /** Who one is. */
    USER(false, true),
    /** The user's password. */
    PASSWORD(true, true),
    /** What lets one in instead: the admin token, or one of {@code hawser.tokens}. */
    TOKEN(true, true),
    /** A file with user, password and token. */
    CREDS(false, false),
    /** Whom to trust, PEM. */
    TLSCA(false, false),
    /** The certificate that one shows, PEM. */
    TLSCERT(false, false),
    /** Its key, PEM. */
    TLSKEY(false, false);

    private final boolean secret;
    private final boolean credential;

    Saying(boolean secret, boolean credential) {
        this.secret = secret;
        this.credential = credential;
    }

    /** How files call it. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** True if it is shown to nobody. */
    boolean secret() {
        return secret;
    }

    /** True if it may stand in a file of credentials. */
    boolean credential() {
        return credential;
    }

    static Optional<Saying> of(String key) {
        return Arrays.stream(values()).filter(each -> each.key().equals(key)).findFirst();
    }

    static List<Saying> credentials() {
        return Arrays.stream(values()).filter(Saying::credential).toList();
    }
}
