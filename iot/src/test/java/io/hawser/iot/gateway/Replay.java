package io.hawser.iot.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.wire.DirectActivation;
import io.hawser.iot.wire.IndirectActivation;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.ProtocolException;
import io.hawser.iot.wire.Vectors;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLSocket;

/**
 * An original device, on one connection for as long as it likes: it says what it said when it was listened to, head and body, with the ids and tokens that this
 * hub gave it, and proofs made anew with keys of its own.
 */
final class Replay implements AutoCloseable {
    private static final Json JSON = new Json(IotLimits.DEFAULT);
    private static final Pattern ASSERTION = Pattern.compile("client_assertion=([^.&]+)\\.([^.&]+)\\.([^&]+)");
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)\r\n");
    private static final Set<String> GIVEN = Set.of("id", "access_token", "endpointId");
    private static final Set<String> MADE = Set.of("clientId", "activationTime", "eventTime");
    private static final int SHORT_SIGNATURE = 44;

    private final Map<String, String> secrets;
    private final Map<String, String> names = new LinkedHashMap<>();
    private final KeyPair keys;
    private final Cloud cloud;
    private SSLSocket socket;

    /** At {@code cloud}; {@code secrets} are those that devices were registered with. */
    Replay(Cloud cloud, Map<String, String> secrets) throws Exception {
        this.cloud = cloud;
        this.secrets = secrets;
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
        socket = connection();
    }

    private SSLSocket connection() throws Exception {
        URI at = URI.create(cloud.url());
        SSLSocket fresh =
                (SSLSocket) RawDevice.trusting(cloud).getSocketFactory().createSocket(at.getHost(), at.getPort());
        fresh.setSoTimeout(20_000);
        return fresh;
    }

    /** Says {@code call}, and compares the answer; returns the body that was sent. */
    String say(Vectors.Exchange call) throws Exception {
        String body = renamed(proven(call));
        socket.getOutputStream().write(request(call, body));
        String head = head();
        byte[] answer = socket.getInputStream().readNBytes(length(head));
        String what = call.file() + " " + call.method() + " " + call.url() + " > " + new String(answer, UTF_8);
        assertThat(head).as(what).startsWith("HTTP/1.1 200 ");
        if (call.status() == 200) {
            Value expected = JSON.read(call.answer().getBytes(UTF_8));
            Value told = JSON.read(answer);
            learn(expected, told);
            assertThat(plain(told))
                    .as(what)
                    .isEqualTo(plain(JSON.read(renamed(call.answer()).getBytes(UTF_8))));
        }
        if (call.headers().string("Connection").orElse("").equals("close")) {
            assertThat(socket.getInputStream().read())
                    .as("closed, as it was asked to")
                    .isEqualTo(-1);
            socket.close();
            socket = connection();
        }
        return body;
    }

    /** {@code text} with this hub's names. */
    String renamed(String text) {
        String renamed = text;
        for (Map.Entry<String, String> name : names.entrySet()) {
            renamed = renamed.replace(name.getKey(), name.getValue());
        }
        return renamed;
    }

    private byte[] request(Vectors.Exchange call, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringBuilder head = new StringBuilder(call.method() + " " + renamed(call.url()) + " HTTP/1.1\r\n");
        boolean chunked = call.headers().has("Transfer-Encoding");
        for (String name : call.headers().names()) {
            String value = name.equals("Content-Length")
                    ? Integer.toString(bytes.length)
                    : renamed(call.headers().string(name).orElseThrow());
            head.append(name).append(": ").append(value).append("\r\n");
        }
        head.append("\r\n");
        if (chunked) {
            head.append(Integer.toHexString(bytes.length)).append("\r\n");
        }
        out.writeBytes(head.toString().getBytes(UTF_8));
        out.writeBytes(bytes);
        if (chunked) {
            out.writeBytes("\r\n0\r\n\r\n".getBytes(UTF_8));
        }
        return out.toByteArray();
    }

    private String head() throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the hub has closed the connection after: " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static int length(String head) {
        Matcher length = LENGTH.matcher(head);
        assertThat(length.find()).as(head).isTrue();
        return Integer.parseInt(length.group(1));
    }

    /** The body of {@code call} with a proof that is good here and now. */
    private String proven(Vectors.Exchange call) throws Exception {
        if (call.url().endsWith("/oauth2/token")) {
            return asserted(call.body());
        }
        if (call.url().contains("/activation/direct")) {
            return activation(call);
        }
        return call.url().contains("/activation/indirect") ? joining(call) : call.body();
    }

    private String asserted(String body) throws GeneralSecurityException {
        Matcher recorded = ASSERTION.matcher(body);
        assertThat(recorded.find()).as(body).isTrue();
        String header = decoded(recorded.group(1));
        String expiry = "\"exp\": " + Instant.now().plusSeconds(900).getEpochSecond();
        String claims = renamed(decoded(recorded.group(2))).replaceAll("\"exp\": *[0-9]+", expiry);
        boolean padded = recorded.group(3).endsWith("=") || recorded.group(2).endsWith("=");
        Base64.Encoder base64 =
                padded ? Base64.getUrlEncoder() : Base64.getUrlEncoder().withoutPadding();
        String signed = recorded.group(1) + "." + base64.encodeToString(claims.getBytes(UTF_8));
        byte[] proof = header.contains("HS256") ? hmac(issuer(claims), signed) : signature(signed.getBytes(ISO_8859_1));
        return body.replace(recorded.group(), "client_assertion=" + signed + "." + base64.encodeToString(proof));
    }

    private static String decoded(String base64) {
        return new String(Base64.getUrlDecoder().decode(base64), UTF_8);
    }

    private static String issuer(String claims) {
        try {
            return JSON.object(claims.getBytes(UTF_8)).string("iss").orElseThrow();
        } catch (ProtocolException e) {
            throw new AssertionError(claims, e);
        }
    }

    private byte[] hmac(String hardwareId, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secrets.getOrDefault(hardwareId, "").getBytes(UTF_8), "HmacSHA256"));
        return mac.doFinal(text.getBytes(ISO_8859_1));
    }

    private byte[] signature(byte[] bytes) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update(bytes);
        return signature.sign();
    }

    private String activation(Vectors.Exchange call) throws Exception {
        DirectActivation recorded = DirectActivation.of(call.fields());
        DirectActivation fresh = DirectActivation.sign(
                recorded.models(),
                recorded.subject(),
                keys,
                secrets.getOrDefault(recorded.subject(), "").getBytes(UTF_8));
        assertThat(recorded.attributes()).isEqualTo(Fields.EMPTY);
        return swapped(
                swapped(call.body(), recorded.publicKey(), fresh.publicKey()), recorded.signature(), fresh.signature());
    }

    private String joining(Vectors.Exchange call) throws Exception {
        IndirectActivation recorded = IndirectActivation.of(call.fields());
        if (recorded.signature().isEmpty()) {
            return call.body();
        }
        String gateway = renamed(call.headers().string("X-EndpointId").orElseThrow());
        Value.Opaque old = recorded.signature().get();
        byte[] secret = secrets.getOrDefault(recorded.hardwareId(), "").getBytes(UTF_8);
        IndirectActivation fresh = base64(old).length() == SHORT_SIGNATURE
                ? recorded.signed(gateway, secret)
                : recorded.signed(gateway, keys.getPrivate());
        return swapped(call.body(), old, fresh.signature().orElseThrow());
    }

    private static String swapped(String body, Value.Opaque old, Value.Opaque fresh) {
        assertThat(body).contains(base64(old));
        return body.replace(base64(old), base64(fresh));
    }

    private static String base64(Value.Opaque bytes) {
        return Base64.getEncoder().encodeToString(bytes.bytes());
    }

    /** What this hub calls what the stand-in called otherwise. */
    private void learn(Value recorded, Value told) {
        if (recorded instanceof Value.Nested was && told instanceof Value.Nested is) {
            for (String name : was.fields().names()) {
                Value old = was.fields().get(name).orElseThrow();
                is.fields().get(name).ifPresent(now -> {
                    if (GIVEN.contains(name)) {
                        names.put(((Value.Str) old).value(), ((Value.Str) now).value());
                    }
                    learn(old, now);
                });
            }
        } else if (recorded instanceof Value.Sequence was && told instanceof Value.Sequence is) {
            for (int i = 0; i < Math.min(was.values().size(), is.values().size()); i++) {
                learn(was.values().get(i), is.values().get(i));
            }
        }
    }

    /** Without order, without difference between 1 and 1.0, and without what a hub makes up each time. */
    static Map<String, Object> plain(Fields fields) {
        Map<String, Object> plain = new TreeMap<>();
        for (String name : fields.names()) {
            plain.put(
                    name, MADE.contains(name) ? "made" : plain(fields.get(name).orElseThrow()));
        }
        return plain;
    }

    private static Object plain(Value value) {
        if (value instanceof Value.Nested nested) {
            return plain(nested.fields());
        }
        if (value instanceof Value.Sequence sequence) {
            return sequence.values().stream().map(Replay::plain).toList();
        }
        return value instanceof Value.Int number ? Value.of((double) number.value()) : value;
    }

    static List<Value> list(String json) throws ProtocolException {
        return ((Value.Sequence) JSON.read(json.getBytes(UTF_8))).values();
    }

    static Fields nested(Fields fields, String name) {
        return ((Value.Nested) fields.get(name).orElseThrow()).fields();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
