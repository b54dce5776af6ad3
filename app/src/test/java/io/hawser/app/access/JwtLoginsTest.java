package io.hawser.app.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.app.text.JsonText;
import io.hawser.core.access.AccessException;
import io.hawser.core.access.Admission;
import io.hawser.core.access.Admission.Validity;
import io.hawser.core.access.Credentials;
import io.hawser.core.access.Principal;
import io.hawser.core.value.Fields;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JWTs that let in, and all those that must not. */
class JwtLoginsTest {
    private static final KeyPair RSA = keys("RSA", 2048);
    private static final KeyPair EC = keys("EC", 256);
    private static final KeyPair ED = keys("Ed25519", 255);
    private static final KeyPair STRANGER = keys("EC", 256);
    private static final long NOW = 1_800_000_000;
    private static final String HEADER = "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"e1\"}";

    private Instant now = Instant.ofEpochSecond(NOW);
    private final JwtSettings settings = new JwtSettings(
                    List.of(),
                    Set.of("RS256", "ES256", "EdDSA"),
                    "https://id.example",
                    "hawser",
                    "sub",
                    "groups",
                    Duration.ofSeconds(60))
            .with("{\"keys\":[" + rsa() + "," + ec() + "," + ed() + "]}");
    private final Standing standing = new Standing(settings(settings));
    private final JwtLogins logins = new JwtLogins(
            standing,
            Runnable::run,
            () -> now,
            credentials -> CompletableFuture.completedFuture(Admission.of(new Principal("somebody else"))));

    private static AccessSettings settings(JwtSettings jwt) {
        return new AccessSettings(List.of(), List.of(), List.of(), Optional.empty(), Optional.of(jwt));
    }

    private static KeyPair keys(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (!algorithm.equals("Ed25519")) {
                generator.initialize(bits);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String text(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[length];
        int size = Math.min(bytes.length, length);
        System.arraycopy(bytes, bytes.length - size, fixed, length - size, size);
        return text(fixed);
    }

    private static String rsa() {
        RSAPublicKey key = (RSAPublicKey) RSA.getPublic();
        return "{\"kty\":\"RSA\",\"kid\":\"r1\",\"use\":\"sig\",\"n\":\"" + text(key.getModulus(), 256)
                + "\",\"e\":\"AQAB\"}";
    }

    private static String ec() {
        ECPublicKey key = (ECPublicKey) EC.getPublic();
        return "{\"kty\":\"EC\",\"kid\":\"e1\",\"crv\":\"P-256\",\"x\":\""
                + text(key.getW().getAffineX(), 32) + "\",\"y\":\""
                + text(key.getW().getAffineY(), 32) + "\"}";
    }

    private static String ed() {
        byte[] encoded = ((EdECPublicKey) ED.getPublic()).getEncoded();
        return "{\"kty\":\"OKP\",\"kid\":\"d1\",\"crv\":\"Ed25519\",\"x\":\""
                + text(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)) + "\"}";
    }

    private static Fields claims() {
        return JsonText.read("{\"iss\":\"https://id.example\",\"aud\":[\"other\",\"hawser\"],\"sub\":\"alice\","
                + "\"groups\":[\"pilots\"],\"nbf\":" + (NOW - 10) + ",\"exp\":" + (NOW + 100) + "}");
    }

    private static String with(String name, String json) {
        Map<String, String> members = new LinkedHashMap<>();
        Fields claims = claims();
        for (int i = 0; i < claims.size(); i++) {
            members.put(
                    claims.name(i),
                    JsonText.write(Fields.of("v", claims.value(i))).replaceAll("^\\{\"v\":|\\}$", ""));
        }
        if (json.isEmpty()) {
            members.remove(name);
        } else {
            members.put(name, json);
        }
        List<String> parts = new ArrayList<>();
        members.forEach((key, value) -> parts.add("\"" + key + "\":" + value));
        return "{" + String.join(",", parts) + "}";
    }

    private static String signed(String header, String claims, KeyPair pair, String algorithm) {
        String start = text(header.getBytes(UTF_8)) + "." + text(claims.getBytes(UTF_8));
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(pair.getPrivate());
            signature.update(start.getBytes(UTF_8));
            return start + "." + text(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String good() {
        return signed(HEADER, JsonText.write(claims()), EC, "SHA256withECDSAinP1363Format");
    }

    private static String es(String header, String claims) {
        return signed(header, claims, EC, "SHA256withECDSAinP1363Format");
    }

    private CompletableFuture<Admission> login(String token) {
        return logins.authenticate(new Credentials(TokenList.USER, token, "192.0.2.7"));
    }

    @Test
    void eachKindOfKeyLetsIn() {
        List<String> tokens = List.of(
                good(),
                signed("{\"alg\":\"RS256\",\"kid\":\"r1\"}", JsonText.write(claims()), RSA, "SHA256withRSA"),
                signed("{\"alg\":\"EdDSA\",\"kid\":\"d1\"}", JsonText.write(claims()), ED, "Ed25519"),
                es(HEADER, with("aud", "\"hawser\"")),
                es(HEADER, with("exp", (NOW - 59) + ".5")));
        for (String token : tokens) {
            Admission admitted = login(token).join();
            assertThat(admitted.principal()).isEqualTo(new Principal("alice", Set.of("pilots")));
            assertThat(admitted.validity().get()).isEqualTo(Validity.GOOD);
        }
        assertThat(login(es(HEADER, with("groups", ""))).join().principal()).isEqualTo(new Principal("alice"));
    }

    @Test
    void whoCameWithOneIsInUntilItEndsOrItsKeyIsBelievedNoMore() {
        Admission admitted = login(good()).join();
        now = Instant.ofEpochSecond(NOW + 159);
        assertThat(admitted.validity().get()).isEqualTo(Validity.GOOD);
        now = Instant.ofEpochSecond(NOW + 160);
        assertThat(admitted.validity().get()).isEqualTo(Validity.ENDED);
        now = Instant.ofEpochSecond(NOW);
        standing.hold(settings(settings.with("{\"keys\":[" + ec() + "]}")));
        assertThat(admitted.validity().get()).isEqualTo(Validity.GOOD);
        standing.hold(settings(settings.with("{\"keys\":[" + ed() + "]}")));
        assertThat(admitted.validity().get()).isEqualTo(Validity.ENDED);
    }

    @Test
    void whatIsNoJwtIsSomebodyElsesBusiness() {
        assertThat(login("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
                        .join()
                        .principal()
                        .name())
                .isEqualTo("somebody else");
        assertThat(logins.authenticate(new Credentials("alice", good(), "192.0.2.7"))
                        .join()
                        .principal()
                        .name())
                .isEqualTo("somebody else");
    }

    /** By name: what is wrong with it. */
    private static Map<String, String> hostile() {
        Map<String, String> tokens = new LinkedHashMap<>();
        hostileAlgorithms(tokens);
        hostileKeys(tokens);
        hostileForms(tokens);
        hostileClaims(tokens);
        return tokens;
    }

    private static void hostileAlgorithms(Map<String, String> tokens) {
        String claims = JsonText.write(claims());
        String body = text(claims.getBytes(UTF_8));
        tokens.put("none", text("{\"alg\":\"none\"}".getBytes(UTF_8)) + "." + body + ".");
        tokens.put("none with a signature", text("{\"alg\":\"none\"}".getBytes(UTF_8)) + "." + body + ".AAAA");
        tokens.put("None", text("{\"alg\":\"None\",\"kid\":\"e1\"}".getBytes(UTF_8)) + "." + body + ".AAAA");
        tokens.put("no alg", es("{\"kid\":\"e1\"}", claims));
        tokens.put("alg is a number", es("{\"alg\":256,\"kid\":\"e1\"}", claims));
        tokens.put("HS256 by the public key", mac("r1", RSA.getPublic().getEncoded(), body));
        tokens.put("HS256 by the text of the key", mac("r1", rsa().getBytes(UTF_8), body));
        tokens.put("HS256 by nothing", mac("e1", new byte[1], body));
        tokens.put("ES512 that is not allowed", es("{\"alg\":\"ES512\",\"kid\":\"e1\"}", claims));
        tokens.put("PS256", signed("{\"alg\":\"PS256\",\"kid\":\"r1\"}", claims, RSA, "SHA256withRSA"));
        tokens.put("RS256 with the key of ES256", es("{\"alg\":\"RS256\",\"kid\":\"e1\"}", claims));
        tokens.put("ES256 with the key of RS256", es("{\"alg\":\"ES256\",\"kid\":\"r1\"}", claims));
    }

    private static void hostileKeys(Map<String, String> tokens) {
        String claims = JsonText.write(claims());
        tokens.put("a stranger's key", signed(HEADER, claims, STRANGER, "SHA256withECDSAinP1363Format"));
        tokens.put("no kid", es("{\"alg\":\"ES256\"}", claims));
        tokens.put("an unknown kid", es("{\"alg\":\"ES256\",\"kid\":\"e2\"}", claims));
        tokens.put("an empty kid", es("{\"alg\":\"ES256\",\"kid\":\"\"}", claims));
        tokens.put("kid is a path", es("{\"alg\":\"ES256\",\"kid\":\"../../../../dev/null\"}", claims));
        tokens.put("kid is an address", es("{\"alg\":\"ES256\",\"kid\":\"http://127.0.0.1/keys\"}", claims));
        tokens.put("kid is a query", es("{\"alg\":\"ES256\",\"kid\":\"e1' OR '1'='1\"}", claims));
        tokens.put(
                "its own key",
                signed("{\"alg\":\"ES256\",\"jwk\":" + ec() + "}", claims, STRANGER, "SHA256withECDSAinP1363Format"));
        tokens.put(
                "a key somewhere",
                signed(
                        "{\"alg\":\"ES256\",\"kid\":\"e1\",\"jku\":\"http://127.0.0.1/\"}",
                        claims,
                        STRANGER,
                        "SHA256withECDSAinP1363Format"));
    }

    private static void hostileForms(Map<String, String> tokens) {
        String claims = JsonText.write(claims());
        String body = text(claims.getBytes(UTF_8));
        String good = good();
        tokens.put("crit", es("{\"alg\":\"ES256\",\"kid\":\"e1\",\"crit\":[\"b64\"],\"b64\":false}", claims));
        tokens.put("another typ", es("{\"alg\":\"ES256\",\"kid\":\"e1\",\"typ\":\"dpop+jwt\"}", claims));
        tokens.put("alg twice", es("{\"alg\":\"none\",\"alg\":\"ES256\",\"kid\":\"e1\"}", claims));
        tokens.put("a zero signature", good.substring(0, good.lastIndexOf('.') + 1) + text(new byte[64]));
        tokens.put("a DER signature", signed(HEADER, claims, EC, "SHA256withECDSA"));
        tokens.put("no signature", good.substring(0, good.lastIndexOf('.') + 1));
        tokens.put("two parts", good.substring(0, good.lastIndexOf('.')));
        tokens.put("four parts", good + ".AAAA");
        tokens.put("five parts", "a.b.c.d.e");
        tokens.put(
                "other claims", good.replace(body, text(with("sub", "\"bob\"").getBytes(UTF_8))));
        tokens.put("claims are a list", es(HEADER, "[]"));
        tokens.put("a deep header", es("{\"a\":".repeat(1_000) + "1" + "}".repeat(1_000), claims));
        tokens.put("not Base64", "!!!." + body + ".AAAA");
        tokens.put("only dots", "..");
        tokens.put("a megabyte", "a".repeat(1 << 20) + "." + body + ".AAAA");
        tokens.put("a million dots", ".".repeat(1_000_000));
    }

    private static void hostileClaims(Map<String, String> tokens) {
        tokens.put("expired", es(HEADER, with("exp", "" + (NOW - 60))));
        tokens.put("no exp", es(HEADER, with("exp", "")));
        tokens.put("exp is a text", es(HEADER, with("exp", "\"" + (NOW + 100) + "\"")));
        tokens.put("exp beyond all numbers", es(HEADER, with("exp", "1e400")));
        tokens.put("not yet", es(HEADER, with("nbf", "" + (NOW + 61))));
        tokens.put("no nbf", es(HEADER, with("nbf", "")));
        tokens.put("another issuer", es(HEADER, with("iss", "\"https://id.example/\"")));
        tokens.put("no issuer", es(HEADER, with("iss", "")));
        tokens.put("another audience", es(HEADER, with("aud", "[\"other\"]")));
        tokens.put("no audience", es(HEADER, with("aud", "")));
        tokens.put("audience is an object", es(HEADER, with("aud", "{\"hawser\":1}")));
        tokens.put("no name", es(HEADER, with("sub", "")));
        tokens.put("the operator's name", es(HEADER, with("sub", "\"admin/token\"")));
        tokens.put("a gateway's name", es(HEADER, with("sub", "\"ivy/lab\"")));
        tokens.put("nobody's name", es(HEADER, with("sub", "\"anonymous\"")));
        tokens.put("a name of two lines", es(HEADER, with("sub", "\"a\\nb\"")));
        tokens.put("groups are no names", es(HEADER, with("groups", "[\"a b\"]")));
        tokens.put("groups are numbers", es(HEADER, with("groups", "[1]")));
    }

    private static String mac(String kid, byte[] secret, String body) {
        String start = text(("{\"alg\":\"HS256\",\"kid\":\"" + kid + "\"}").getBytes(UTF_8)) + "." + body;
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return start + "." + text(mac.doFinal(start.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void noHostileTokenLetsInAndAllAreRefusedAtOnce() {
        Map<String, String> tokens = hostile();
        assertThat(tokens).hasSizeGreaterThanOrEqualTo(40);
        for (int round = 0; round < 2; round++) {
            long slowest = 0;
            for (Map.Entry<String, String> token : tokens.entrySet()) {
                long begun = System.nanoTime();
                CompletableFuture<Admission> login = login(token.getValue());
                slowest = Math.max(slowest, System.nanoTime() - begun);
                assertThatThrownBy(login::join)
                        .as(token.getKey())
                        .hasCauseInstanceOf(AccessException.class)
                        .cause()
                        .hasMessageStartingWith("this token lets nobody in: ")
                        .message()
                        .hasSizeLessThan(200);
            }
            System.out.println("slowest refusal of " + tokens.size() + ": " + slowest / 1_000 + " us");
            assertThat(slowest)
                    .as("a deadline ten times the figure that tells a hang")
                    .isLessThan(round == 0 ? 10_000_000_000L : 1_000_000_000L);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"keys\":[]}",
                "{\"keys\":[1]}",
                "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}",
                "{\"keys\":[{\"kty\":\"oct\"}]}",
                "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"a\",\"n\":\"AAAA\",\"e\":\"AQAB\"}]}",
                "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"a\",\"n\":\"AAAA\",\"e\":\"AQAB\",\"d\":\"AAAA\"}]}",
                "{\"keys\":[{\"kty\":\"EC\",\"kid\":\"a\",\"crv\":\"P-256\",\"x\":\"AAAA\",\"y\":\"AAAA\"}]}",
                "{\"keys\":[{\"kty\":\"EC\",\"kid\":\"a\",\"crv\":\"P-192\"}]}",
                "{\"keys\":[{\"kty\":\"OKP\",\"kid\":\"a\",\"crv\":\"X25519\",\"x\":\"AAAA\"}]}",
                "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"enc\",\"n\":\"AAAA\",\"e\":\"AQAB\"}]}"
            })
    void keysThatCannotBeUsedAreRefused(String jwks) {
        assertThatThrownBy(() -> settings.with(jwks)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyKeyNeedsANameOfItsOwn() {
        assertThatThrownBy(() -> settings.with("{\"keys\":[" + ec() + "," + ec() + "]}"))
                .hasMessageContaining("a kid of its own");
        PublicKey one =
                settings.with("{\"keys\":[" + rsa() + "]}").keys().get(0).key();
        assertThat(one).isEqualTo(RSA.getPublic());
    }
}
