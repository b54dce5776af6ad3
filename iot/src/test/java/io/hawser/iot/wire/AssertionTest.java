package io.hawser.iot.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever tries to pass without the right key, or at the wrong time, is refused. */
class AssertionTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_795_223_255);
    private static final Instant EXPIRES = NOW.plus(Assertion.LIFE);
    private static final byte[] SECRET = "s3cret-1".getBytes(UTF_8);
    private static KeyPair keys;

    @BeforeAll
    static void makeKeys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
    }

    @Test
    void signsWithASecretAndReadsItAgain() throws Exception {
        Assertion assertion = parse(Assertion.sign("DEV-1", EXPIRES, SECRET));

        assertion.verify(SECRET, NOW);
        assertThat(assertion.issuer()).isEqualTo("DEV-1");
        assertThat(assertion.expires()).isEqualTo(EXPIRES);
        assertThatThrownBy(() -> assertion.verify("other".getBytes(UTF_8), NOW))
                .hasMessage("the assertion is not signed with the shared secret of its issuer");
        assertThatThrownBy(() -> assertion.verify(new byte[0], NOW)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void signsWithAPrivateKeyAndReadsItAgain() throws Exception {
        Assertion assertion = parse(Assertion.sign("EP-1", EXPIRES, keys.getPrivate()));

        assertion.verify(keys.getPublic(), NOW);
        assertThat(assertion.algorithm()).isEqualTo(Assertion.Algorithm.RS256);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        assertThatThrownBy(() -> assertion.verify(generator.generateKeyPair().getPublic(), NOW))
                .hasMessage("the assertion is not signed with the private key of its issuer");
    }

    @Test
    void saysWhatTheOriginalJavaLibrarySays() throws Exception {
        String text = Assertion.sign("DEV-1", EXPIRES, SECRET);

        assertThat(decoded(text, 0)).isEqualTo("{\"typ\":\"JWT\",\"alg\":\"HS256\"}");
        assertThat(decoded(text, 1))
                .isEqualTo(
                        "{\"iss\":\"DEV-1\",\"sub\":\"DEV-1\",\"aud\":\"oracle/iot/oauth2/token\",\"exp\":1795224155}");
        assertThat(text).doesNotContain("=");
    }

    @Test
    void readsItWithPaddingToo() throws Exception {
        String[] parts = Assertion.sign("DEV-1", EXPIRES, SECRET).split("\\.", -1);
        String padded = parts[0] + "." + parts[1] + "." + parts[2] + "=";

        parse(padded).verify(SECRET, NOW);
    }

    /** The public key is known to everybody: it must never do as a secret. */
    @Test
    void takesNoPublicKeyForASecret() throws Exception {
        byte[] known = keys.getPublic().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(known)
                + "\n-----END PUBLIC KEY-----\n";

        assertThatThrownBy(() -> parse(Assertion.sign("EP-1", EXPIRES, known)).verify(keys.getPublic(), NOW))
                .hasMessage("the assertion is signed by HS256; its issuer must use RS256");
        assertThatThrownBy(() -> parse(Assertion.sign("EP-1", EXPIRES, pem.getBytes(UTF_8)))
                        .verify(keys.getPublic(), NOW))
                .isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> parse(Assertion.sign("DEV-1", EXPIRES, keys.getPrivate()))
                        .verify(SECRET, NOW))
                .hasMessage("the assertion is signed by RS256; its issuer must use HS256");
    }

    @ParameterizedTest
    @CsvSource({"14, true", "15, true", "16, false", "600, false"})
    void expiresButForAMinuteOfSkew(int minutes, boolean good) throws Exception {
        Assertion assertion = parse(Assertion.sign("DEV-1", EXPIRES, SECRET));

        assertJudged(assertion, NOW.plusSeconds(60L * minutes), good);
    }

    @Test
    void expiresExactlyAMinuteLater() throws Exception {
        Assertion assertion = parse(Assertion.sign("DEV-1", EXPIRES, SECRET));

        assertJudged(assertion, EXPIRES.plusSeconds(60).minusNanos(1), true);
        assertJudged(assertion, EXPIRES.plusSeconds(60), false);
    }

    @Test
    void isNotGoodBeforeItsTimeButForAMinuteOfSkew() throws Exception {
        Assertion assertion = parse(signed(
                "{\"alg\":\"HS256\"}",
                "{\"iss\":\"D\",\"aud\":\"oracle/iot/oauth2/token\",\"exp\":1795224155,\"nbf\":1795223355.5}"));

        assertJudged(assertion, Instant.ofEpochSecond(1_795_223_295), true);
        assertJudged(assertion, Instant.ofEpochSecond(1_795_223_294), false);
    }

    /** A Python client and Oracle's own sample leave {@code sub} out; JWT allows several audiences. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"iss\":\"D\",\"aud\":\"oracle/iot/oauth2/token\",\"exp\":1795224155}",
                "{\"iss\":\"D\",\"sub\":\"D\",\"aud\":[\"x\",\"oracle/iot/oauth2/token\"],\"exp\":1795224155.25,\"iat\":1,\"jti\":{}}"
            })
    void readsWhatOthersSay(String claims) throws Exception {
        parse(signed("{\"kid\":\"../../etc/passwd\",\"alg\":\"HS256\",\"jku\":\"http://x\"}", claims))
                .verify(SECRET, NOW);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"alg":"none"} | the header of the assertion: alg is none of [HS256, RS256]
                    {"alg":"None"} | the header of the assertion: alg is none of [HS256, RS256]
                    {"alg":"NONE"} | the header of the assertion: alg is none of [HS256, RS256]
                    {"alg":""} | the header of the assertion: alg is none of [HS256, RS256]
                    {"alg":"hs256"} | the header of the assertion: alg is none of [HS256, RS256]
                    {"alg":"HS512"} | the header of the assertion: alg is none of [HS256, RS256]
                    {"alg":"ES256"} | the header of the assertion: alg is none of [HS256, RS256]
                    {"alg":"PS256"} | the header of the assertion: alg is none of [HS256, RS256]
                    {"alg":["HS256"]} | the header of the assertion: alg is no string
                    {"alg":null} | the header of the assertion: alg is missing
                    {} | the header of the assertion: alg is missing
                    {"alg":"HS256","alg":"none"} | the assertion holds what cannot be read: alg stands twice in one object
                    {"alg":"HS256","crit":["exp"]} | the header of the assertion: crit asks for something that is not known here
                    [] | the assertion holds what cannot be read: a JSON object is expected
                    x | the assertion holds what cannot be read: not valid JSON near character 0
                    """)
    void refusesAHeader(String header, String reason) {
        String claims = "{\"iss\":\"D\",\"aud\":\"oracle/iot/oauth2/token\",\"exp\":1795224155}";

        assertThatThrownBy(() -> parse(signed(header, claims))).hasMessage(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"aud":"oracle/iot/oauth2/token","exp":1795224155} | the assertion: iss is missing
                    {"iss":"","aud":"oracle/iot/oauth2/token","exp":1795224155} | the assertion: iss is empty
                    {"iss":7,"aud":"oracle/iot/oauth2/token","exp":1795224155} | the assertion: iss is no string
                    {"iss":"D","sub":"E","aud":"oracle/iot/oauth2/token","exp":1795224155} | the assertion: sub is not iss
                    {"iss":"D","exp":1795224155} | the assertion: aud is not oracle/iot/oauth2/token
                    {"iss":"D","aud":"","exp":1795224155} | the assertion: aud is not oracle/iot/oauth2/token
                    {"iss":"D","aud":"oracle/iot/oauth2/token/","exp":1795224155} | the assertion: aud is not oracle/iot/oauth2/token
                    {"iss":"D","aud":["x"],"exp":1795224155} | the assertion: aud is not oracle/iot/oauth2/token
                    {"iss":"D","aud":"oracle/iot/oauth2/token"} | the assertion: exp is missing
                    {"iss":"D","aud":"oracle/iot/oauth2/token","exp":null} | the assertion: exp is missing
                    {"iss":"D","aud":"oracle/iot/oauth2/token","exp":"1795224155"} | the assertion: exp is no time in seconds since 1970
                    {"iss":"D","aud":"oracle/iot/oauth2/token","exp":1795224155000} | the assertion: exp is no time in seconds since 1970
                    {"iss":"D","aud":"oracle/iot/oauth2/token","exp":-1} | the assertion: exp is no time in seconds since 1970
                    {"iss":"D","aud":"oracle/iot/oauth2/token","exp":1e300} | the assertion: exp is no time in seconds since 1970
                    {"iss":"D","aud":"oracle/iot/oauth2/token","exp":1795224155,"nbf":"x"} | the assertion: nbf is no time in seconds since 1970
                    """)
    void refusesClaims(String claims, String reason) {
        assertThatThrownBy(() -> parse(signed("{\"alg\":\"HS256\"}", claims))).hasMessage(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "...",
                "a",
                "a.b",
                "a.b.c.d",
                "e30.e30.",
                "e30.e30.?",
                "e30.e30.a",
                "e30.e=30.",
                "e30 .e30.a",
                "\u00e4.b.c"
            })
    void refusesWhatIsNoAssertion(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(ProtocolException.class)
                .hasMessageMatching("the .{10,120}");
    }

    /** Taking the signature away, or anything else by a bit, makes it worthless. */
    @Test
    void refusesWhatWasChanged() throws Exception {
        String text = Assertion.sign("DEV-1", EXPIRES, SECRET);
        String[] parts = text.split("\\.", -1);
        String other =
                Assertion.sign("DEV-2", EXPIRES, "s3cret-2".getBytes(UTF_8)).split("\\.", -1)[1];

        assertThatThrownBy(() -> parse(parts[0] + "." + parts[1] + ".").verify(SECRET, NOW))
                .isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> parse(parts[0] + "." + other + "." + parts[2]).verify(SECRET, NOW))
                .isInstanceOf(ProtocolException.class);
        for (int i = 0; i < parts[2].length() - 1; i++) {
            char changed = parts[2].charAt(i) == 'A' ? 'B' : 'A';
            String flipped =
                    parts[0] + "." + parts[1] + "." + parts[2].substring(0, i) + changed + parts[2].substring(i + 1);
            assertThatThrownBy(() -> parse(flipped).verify(SECRET, NOW)).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void refusesAMegabyteBeforeItIsDecoded() {
        String huge = "A".repeat(1 << 20);

        assertThatThrownBy(() -> parse(huge + "." + huge + ".A"))
                .hasMessage("the assertion has 2097155 characters; at most 8192 are taken");
    }

    private static void assertJudged(Assertion assertion, Instant at, boolean good) throws ProtocolException {
        if (good) {
            assertion.verify(SECRET, at);
        } else {
            assertThatThrownBy(() -> assertion.verify(SECRET, at))
                    .isInstanceOf(ProtocolException.class)
                    .hasMessageContaining(at.toString());
        }
    }

    private static Assertion parse(String text) throws ProtocolException {
        return Assertion.parse(text, IotLimits.DEFAULT);
    }

    private static String decoded(String text, int part) {
        return new String(Base64.getUrlDecoder().decode(text.split("\\.", -1)[part]), UTF_8);
    }

    private static String signed(String header, String claims) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        String signed =
                encoder.encodeToString(header.getBytes(UTF_8)) + "." + encoder.encodeToString(claims.getBytes(UTF_8));
        return signed + "." + encoder.encodeToString(Crypto.hmac(SECRET, signed.getBytes(UTF_8)));
    }
}
