package io.hawser.iot.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The form by which somebody asks for a token ({@code specs/iot.md} 1.2).
 *
 * @param assertion who asks, see {@link Assertion}
 * @param activating whether the token shall be good for activation alone, else for all but activation
 */
public record TokenRequest(String assertion, boolean activating) {
    /** The type of the body. */
    public static final String CONTENT_TYPE = "application/x-www-form-urlencoded";

    private static final String GRANT = "client_credentials";
    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final String ACTIVATION = "oracle/iot/activation";
    private static final int BESIDE_ASSERTION = 1_024;
    private static final Pattern AMPERSAND = Pattern.compile("&");

    /** What the form in {@code body} asks. */
    public static TokenRequest read(byte[] body, IotLimits limits) throws ProtocolException {
        if (body.length > limits.maxAssertionChars() + BESIDE_ASSERTION) {
            throw ProtocolException.of("the form has " + body.length + " bytes, too many for a request of a token");
        }
        Map<String, String> form = form(new String(body, UTF_8));
        expect(form, "grant_type", GRANT);
        expect(form, "client_assertion_type", ASSERTION_TYPE);
        String assertion = form.getOrDefault("client_assertion", "");
        if (assertion.isEmpty()) {
            throw ProtocolException.of("client_assertion is missing");
        }
        String scope = form.getOrDefault("scope", "");
        if (!scope.isEmpty() && !scope.equals(ACTIVATION)) {
            throw ProtocolException.of("scope is neither empty nor " + ACTIVATION);
        }
        return new TokenRequest(assertion, !scope.isEmpty());
    }

    /** The form, as the original Java library writes it. */
    public byte[] write() {
        String form = "grant_type=" + GRANT
                + "&client_assertion_type=" + URLEncoder.encode(ASSERTION_TYPE, UTF_8)
                + "&client_assertion=" + assertion
                + "&scope=" + (activating ? ACTIVATION : "");
        return form.getBytes(UTF_8);
    }

    private static Map<String, String> form(String text) throws ProtocolException {
        Map<String, String> form = new HashMap<>();
        for (String field : AMPERSAND.split(text, -1)) {
            int equals = field.indexOf('=');
            String name = decode(equals < 0 ? field : field.substring(0, equals));
            if (form.put(name, equals < 0 ? "" : decode(field.substring(equals + 1))) != null) {
                throw ProtocolException.of(ProtocolException.shown(name) + " stands twice in the form");
            }
        }
        return form;
    }

    private static String decode(String text) throws ProtocolException {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw ProtocolException.of("the form holds a % without two hex digits behind it");
        }
    }

    private static void expect(Map<String, String> form, String name, String value) throws ProtocolException {
        if (!value.equals(form.get(name))) {
            throw ProtocolException.of(name + " is not " + value);
        }
    }
}
