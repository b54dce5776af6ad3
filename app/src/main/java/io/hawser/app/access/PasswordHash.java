package io.hawser.app.access;

import com.password4j.Argon2Function;
import com.password4j.BcryptFunction;
import com.password4j.HashingFunction;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is kept of a password: a slow hash with its salt and cost, as text. Ours are argon2id with 19 MiB and two passes;
 * argon2id of other costs and bcrypt are read too, so that users can be brought along.
 */
public final class PasswordHash {
    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int LENGTH = 32;
    private static final int SALT = 16;
    /** A hash that costs more than these would stop the hub whenever its user logs in. */
    private static final int MAX_MEMORY_KIB = 256 << 10;

    private static final int MAX_PASSES = 16;
    private static final int MAX_LANES = 8;

    private static final Pattern ARGON2 = Pattern.compile("\\$argon2id\\$v=19\\$m=(?<memory>\\d{1,9}),"
            + "t=(?<passes>\\d{1,9}),p=(?<lanes>\\d{1,9})\\$[A-Za-z0-9+/]{11,86}\\$[A-Za-z0-9+/]{22,86}");
    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(0[4-9]|1[0-5])\\$[./A-Za-z0-9]{53}");
    private static final String WANTED =
            "must be a password hash: run hawser passwd USER and put what it prints here (argon2id; bcrypt is read too)";

    private final String text;
    private final HashingFunction function;

    private PasswordHash(String text, HashingFunction function) {
        this.text = text;
        this.function = function;
    }

    /** Hashes {@code password} with a new salt; takes about a tenth of a second and 19 MiB. */
    public static PasswordHash of(String password) {
        Argon2Function ours = Argon2Function.getInstance(MEMORY_KIB, PASSES, LANES, LENGTH, Argon2.ID);
        return new PasswordHash(
                Password.hash(password).addRandomSalt(SALT).with(ours).getResult(), ours);
    }

    /**
     * Reads a hash.
     *
     * @throws IllegalArgumentException with a text for the user if it is none that is known
     */
    public static PasswordHash parse(String text) {
        try {
            Matcher argon2 = ARGON2.matcher(text);
            // decided before the function is made: it takes its memory at once
            if (argon2.matches() && isBearable(argon2)) {
                return new PasswordHash(text, Argon2Function.getInstanceFromHash(text));
            }
            if (BCRYPT.matcher(text).matches()) {
                return new PasswordHash(text, BcryptFunction.getInstanceFromHash(text));
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            throw new IllegalArgumentException(WANTED, damaged);
        }
        throw new IllegalArgumentException(WANTED);
    }

    private static boolean isBearable(Matcher argon2) {
        return Long.parseLong(argon2.group("memory")) <= MAX_MEMORY_KIB
                && Long.parseLong(argon2.group("passes")) <= MAX_PASSES
                && Long.parseLong(argon2.group("lanes")) <= MAX_LANES;
    }

    /** True if {@code password} is the one; as slow as {@link #of}. */
    public boolean matches(String password) {
        return Password.check(password, text).with(function);
    }

    /** The hash as it stands in the configuration; not the password, but still not for a log. */
    public String text() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PasswordHash that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "password hash";
    }
}
