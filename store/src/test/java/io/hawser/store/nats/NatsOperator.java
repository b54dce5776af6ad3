package io.hawser.store.nats;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.util.Arrays;
import java.util.Base64;

/** What {@code nsc} does: an operator, an account of it that may use JetStream, and a user of that account. */
final class NatsOperator {
    private static final int OPERATOR = 14;
    private static final int ACCOUNT = 0;
    private static final int USER = 20;
    private static final int SEED = 18;
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final KeyPair operator = keys();
    private final KeyPair system = keys();
    private final KeyPair account = keys();
    private final KeyPair user = keys();

    /** The configuration of a server that knows the account. */
    String configuration() throws GeneralSecurityException {
        String limits = "{\"subs\":-1,\"data\":-1,\"payload\":-1,\"imports\":-1,\"exports\":-1,\"wildcards\":true,"
                + "\"conn\":-1,\"leaf\":-1,\"mem_storage\":-1,\"disk_storage\":-1,\"streams\":-1,\"consumer\":-1}";
        return "operator: " + jwt(operator, OPERATOR, operator, OPERATOR, "{\"type\":\"operator\",\"version\":2}")
                + "\nsystem_account: " + name(ACCOUNT, system)
                + "\nresolver: MEMORY\nresolver_preload: {\n"
                + known(system, "{}") + known(account, limits) + "}\n";
    }

    private String known(KeyPair keys, String limits) throws GeneralSecurityException {
        String about = "{\"type\":\"account\",\"version\":2,\"limits\":" + limits + "}";
        return name(ACCOUNT, keys) + ": " + jwt(operator, OPERATOR, keys, ACCOUNT, about) + "\n";
    }

    /** A file of the user's credentials. */
    String creds() throws GeneralSecurityException {
        byte[] secret = ((EdECPrivateKey) user.getPrivate()).getBytes().orElseThrow();
        byte[] seed = checked(ByteBuffer.allocate(34)
                .putShort((short) ((SEED << 11) | (USER << 6)))
                .put(secret)
                .array());
        return "-----BEGIN NATS USER JWT-----\n"
                + jwt(
                        account,
                        ACCOUNT,
                        user,
                        USER,
                        "{\"type\":\"user\",\"version\":2,\"subs\":-1,\"data\":-1,\"payload\":-1}")
                + "\n------END NATS USER JWT------\n\n*** IMPORTANT ***\n\n-----BEGIN USER NKEY SEED-----\n"
                + base32(seed) + "\n------END USER NKEY SEED------\n";
    }

    private static String jwt(KeyPair issuer, int kind, KeyPair subject, int subjectKind, String nats)
            throws GeneralSecurityException {
        String name = name(subjectKind, subject);
        String claims = "{\"jti\":\"" + name + "\",\"iat\":1600000000,\"iss\":\"" + name(kind, issuer)
                + "\",\"name\":\"test\"," + "\"sub\":\"" + name + "\",\"nats\":" + nats + "}";
        String text = BASE64.encodeToString("{\"typ\":\"JWT\",\"alg\":\"ed25519-nkey\"}".getBytes(UTF_8)) + "."
                + BASE64.encodeToString(claims.getBytes(UTF_8));
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(issuer.getPrivate());
        signature.update(text.getBytes(UTF_8));
        return text + "." + BASE64.encodeToString(signature.sign());
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A key as NATS calls it. */
    private static String name(int kind, KeyPair keys) {
        byte[] encoded = keys.getPublic().getEncoded();
        byte[] open = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        return base32(checked(
                ByteBuffer.allocate(33).put((byte) (kind << 3)).put(open).array()));
    }

    /** With CRC-16/XMODEM, the lowest byte first. */
    private static byte[] checked(byte[] bytes) {
        int crc = 0;
        for (byte each : bytes) {
            crc ^= (each & 0xFF) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = ((crc << 1) ^ ((crc & 0x8000) == 0 ? 0 : 0x1021)) & 0xFFFF;
            }
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(bytes);
        all.write(crc);
        all.write(crc >> 8);
        return all.toByteArray();
    }

    private static String base32(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < bytes.length * 8; bit += 5) {
            int letter = 0;
            for (int i = bit; i < bit + 5; i++) {
                int set = i < bytes.length * 8 ? (bytes[i / 8] >> (7 - i % 8)) & 1 : 0;
                letter = (letter << 1) | set;
            }
            text.append(LETTERS.charAt(letter));
        }
        return text.toString();
    }
}
