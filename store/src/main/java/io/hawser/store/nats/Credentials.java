package io.hawser.store.nats;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.hawser.core.store.StoreException;
import io.nats.client.AuthHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who a hub is by a file of credentials: the JWT is shown, and what the server makes up is signed with the key, which stays here. The
 * JDK's Ed25519 does it.
 *
 * <pre>
 *   seed, in base32   5 bits 18, 5 bits 20: of a user, 6 bits 0; 32 the key; 2 CRC-16/XMODEM of those before, the lowest byte first
 * </pre>
 *
 * Immutable; called on threads of the connection.
 */
final class Credentials implements AuthHandler {
    private static final Pattern JWT = Pattern.compile("-----BEGIN NATS USER JWT-----\\s+(\\S+)");
    private static final Pattern SEED = Pattern.compile("-----BEGIN USER NKEY SEED-----\\s+([A-Z2-7]+)");
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int HEAD = 2;
    private static final int KEY = 32;
    /** 18 and 20 in their bits. */
    private static final short USER = (short) 0x9500;

    private static final int POLYNOMIAL = 0x1021;

    private final char[] jwt;
    private final PrivateKey key;

    private Credentials(char[] jwt, PrivateKey key) {
        this.jwt = jwt;
        this.key = key;
    }

    /**
     * Those in {@code file}.
     *
     * @throws StoreException with a text for the user if there are none
     */
    static Credentials read(Path file) {
        try {
            String text = Files.readString(file, US_ASCII);
            Matcher shown = JWT.matcher(text);
            Matcher seed = SEED.matcher(text);
            Optional<byte[]> secret = seed.find() ? key(seed.group(1)) : Optional.empty();
            if (!shown.find() || secret.isEmpty()) {
                throw new StoreException(
                        "the file " + file + " (store.nats.creds) does not hold the JWT and the key of a user;"
                                + " 'nsc generate creds' writes such files");
            }
            EdECPrivateKeySpec spec = new EdECPrivateKeySpec(NamedParameterSpec.ED25519, secret.get());
            return new Credentials(
                    shown.group(1).toCharArray(),
                    KeyFactory.getInstance("Ed25519").generatePrivate(spec));
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new StoreException(
                    "the file " + file + " (store.nats.creds) cannot be read: " + unreadable, unreadable);
        }
    }

    /** The key that {@code seed} is; empty if it is no seed of a user. */
    private static Optional<byte[]> key(String seed) {
        ByteBuffer bytes = ByteBuffer.allocate(seed.length() * 5 / 8);
        int bits = 0;
        int count = 0;
        for (int i = 0; i < seed.length(); i++) {
            bits = bits << 5 | LETTERS.indexOf(seed.charAt(i));
            count += 5;
            if (count >= 8) {
                count -= 8;
                bytes.put((byte) (bits >> count));
            }
        }
        byte[] all = bytes.array();
        boolean sound = all.length == HEAD + KEY + 2
                && bytes.getShort(0) == USER
                && bytes.order(ByteOrder.LITTLE_ENDIAN).getShort(HEAD + KEY) == checksum(all);
        return sound ? Optional.of(Arrays.copyOfRange(all, HEAD, HEAD + KEY)) : Optional.empty();
    }

    private static short checksum(byte[] seed) {
        int crc = 0;
        for (int i = 0; i < HEAD + KEY; i++) {
            crc ^= (seed[i] & 0xFF) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ POLYNOMIAL;
            }
        }
        return (short) crc;
    }

    @Override
    public byte[] sign(byte[] nonce) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(nonce);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the JDK cannot sign with Ed25519", impossible);
        }
    }

    /** None: it stands in the JWT. */
    @Override
    public char @Nullable [] getID() {
        return null;
    }

    @Override
    public char[] getJWT() {
        return jwt.clone();
    }
}
