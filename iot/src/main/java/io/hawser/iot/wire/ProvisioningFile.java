package io.hawser.iot.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.value.Value;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a device is given to find its server and to prove who it is, and what it adds once it is activated: the unified
 * provisioning format of the originals ({@code specs/iot.md} 2).
 *
 * <pre>
 *   !                      version 33
 *   base64, MIME           16 bytes IV, which is the salt of the key too, and the ciphertext (AES-128, CBC, PKCS#5) of
 *                          entries: tag 1 byte, length 2 bytes, value ({@link ProvisioningEntries})
 *   #serverUri:...         comments, which nobody relies on
 *   #clientId:...
 * </pre>
 *
 * The format has no checksum: a wrong passphrase and damage look alike.
 *
 * @param serverUri {@code https://host:port}
 * @param clientId the activation id of a device, the id of an integration
 * @param sharedSecret as the bytes of its text
 * @param endpointId once it is activated; an operator's program has it from the beginning
 * @param trustAnchors whom to believe in TLS, X.509, DER; none: whom the platform believes
 * @param privateKey from before it is activated on: RSA, PKCS#8
 * @param publicKey likewise: X.509 SubjectPublicKeyInfo
 * @param connectedDevices of a gateway: the shared secrets of devices behind it, by hardware id
 */
public record ProvisioningFile(
        String serverUri,
        String clientId,
        Value.Opaque sharedSecret,
        Optional<String> endpointId,
        List<Value.Opaque> trustAnchors,
        Optional<Value.Opaque> privateKey,
        Optional<Value.Opaque> publicKey,
        Map<String, Value.Opaque> connectedDevices) {
    private static final int VERSION = '!';
    private static final int BLOCK = 16;
    private static final int ROUNDS = 10_000;
    private static final int KEY_BITS = 128;
    private static final String CIPHER = "AES/CBC/PKCS5Padding";
    private static final String WRONG = "the passphrase is wrong, or the provisioning file is damaged";

    /** What a device is given; copies of lists and maps. Ids and the URI stand in comments too, on one line each. */
    public ProvisioningFile {
        trustAnchors = List.copyOf(trustAnchors);
        connectedDevices = Collections.unmodifiableMap(new LinkedHashMap<>(connectedDevices));
        if ((serverUri + clientId).chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("control characters in the server's URI or the client id");
        }
    }

    /** What is given to a device that has not been activated yet. */
    public static ProvisioningFile fresh(
            String serverUri, String clientId, Value.Opaque sharedSecret, List<Value.Opaque> trustAnchors) {
        return new ProvisioningFile(
                serverUri,
                clientId,
                sharedSecret,
                Optional.empty(),
                trustAnchors,
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    /**
     * Opens {@code file} with {@code passphrase}, which stays the caller's to wipe. Takes some milliseconds on purpose.
     *
     * @throws ProtocolException if the passphrase is wrong, the version unknown or the file damaged
     */
    public static ProvisioningFile read(byte[] file, char[] passphrase) throws ProtocolException {
        requirePassphrase(passphrase);
        if (file.length == 0) {
            throw ProtocolException.of("the provisioning file is empty");
        }
        if (file[0] != VERSION) {
            throw ProtocolException.of("the provisioning file begins with "
                    + (file[0] > ' ' && file[0] < 0x7f ? "'" + (char) file[0] + "'" : "byte " + (file[0] & 0xff))
                    + "; only version 33, '!', is known. Is it a key store of the older format?");
        }
        byte[] sealed = decode(new String(file, 1, file.length - 1, ISO_8859_1));
        if (sealed.length < 2 * BLOCK || sealed.length % BLOCK != 0) {
            throw ProtocolException.of("the provisioning file is cut off or damaged: " + sealed.length
                    + " bytes are no whole blocks of " + BLOCK);
        }
        byte[] iv = Arrays.copyOf(sealed, BLOCK);
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, passphrase, iv);
            return ProvisioningEntries.read(cipher.doFinal(sealed, BLOCK, sealed.length - BLOCK))
                    .orElseThrow(() -> ProtocolException.of(WRONG));
        } catch (GeneralSecurityException unreadable) {
            throw ProtocolException.of(WRONG);
        }
    }

    /** The bytes of the file, sealed with {@code passphrase}; {@code random} gives a fresh IV each time. */
    public byte[] write(char[] passphrase, SecureRandom random) throws ProtocolException {
        requirePassphrase(passphrase);
        byte[] iv = new byte[BLOCK];
        random.nextBytes(iv);
        byte[] plain = ProvisioningEntries.write(this);
        try {
            byte[] secret = cipher(Cipher.ENCRYPT_MODE, passphrase, iv).doFinal(plain);
            byte[] sealed = Arrays.copyOf(iv, BLOCK + secret.length);
            System.arraycopy(secret, 0, sealed, BLOCK, secret.length);
            String text = (char) VERSION + Base64.getMimeEncoder().encodeToString(sealed) + "\n#serverUri:" + serverUri
                    + "\n#clientId:" + clientId;
            return text.getBytes(UTF_8);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("each Java has " + CIPHER, impossible);
        }
    }

    /** This, once the device has made {@code keys}, with which it is going to be activated. */
    public ProvisioningFile keyed(KeyPair keys) {
        return with(
                Optional.empty(),
                Optional.of(new Value.Opaque(keys.getPrivate().getEncoded())),
                Optional.of(new Value.Opaque(keys.getPublic().getEncoded())));
    }

    /** This, once the device is known as {@code endpoint} and has made {@code keys}. */
    public ProvisioningFile activated(String endpoint, KeyPair keys) {
        ProvisioningFile keyed = keyed(keys);
        return with(Optional.of(endpoint), keyed.privateKey, keyed.publicKey);
    }

    /** This, as it was before the device was activated. */
    public ProvisioningFile reset() {
        return with(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The keys of an activated device. */
    public Optional<KeyPair> keys() throws ProtocolException {
        if (privateKey.isEmpty() || publicKey.isEmpty()) {
            return Optional.empty();
        }
        KeySpec secret = new PKCS8EncodedKeySpec(privateKey.get().bytes());
        try {
            return Optional.of(new KeyPair(
                    DirectActivation.readKey(publicKey.get()),
                    KeyFactory.getInstance("RSA").generatePrivate(secret)));
        } catch (GeneralSecurityException damaged) {
            throw ProtocolException.of("the private key in the provisioning file is no RSA key in PKCS#8");
        }
    }

    /** Says no secrets. */
    @Override
    public String toString() {
        return "provisioning of " + endpointId.orElse(clientId) + " at " + serverUri;
    }

    private ProvisioningFile with(
            Optional<String> endpoint, Optional<Value.Opaque> secretKey, Optional<Value.Opaque> knownKey) {
        return new ProvisioningFile(
                serverUri, clientId, sharedSecret, endpoint, trustAnchors, secretKey, knownKey, connectedDevices);
    }

    private static byte[] decode(String text) throws ProtocolException {
        int comments = text.indexOf('#');
        String base64 = (comments < 0 ? text : text.substring(0, comments)).replaceAll("[\r\n]", "");
        try {
            return Base64.getDecoder().decode(base64.getBytes(US_ASCII));
        } catch (IllegalArgumentException damaged) {
            throw ProtocolException.of(
                    "the provisioning file is damaged: what stands behind its first byte is no base64");
        }
    }

    private static Cipher cipher(int mode, char[] passphrase, byte[] iv) throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(passphrase, iv, ROUNDS, KEY_BITS);
        byte[] key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA1")
                .generateSecret(spec)
                .getEncoded();
        spec.clearPassword();
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
        return cipher;
    }

    private static void requirePassphrase(char[] passphrase) throws ProtocolException {
        if (passphrase.length == 0) {
            throw ProtocolException.of("a provisioning file needs a passphrase, and this one is empty");
        }
    }
}
