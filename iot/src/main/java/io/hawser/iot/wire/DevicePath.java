package io.hawser.iot.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a request goes within a device ({@code specs/iot.md} 1.7.3). Written without leading slash and with the colons of URNs
 * as they are, as the original Java library does; read with either, and with a slash in front.
 */
public sealed interface DevicePath {
    /** The first segment of what belongs to a model. */
    String MODELS = "deviceModels";

    /** The segment before the attributes of a model. */
    String ATTRIBUTES = "attributes";

    /** The segment before the actions of a model. */
    String ACTIONS = "actions";

    /** The beginning of the URN of a capability. */
    String CAPABILITY = "urn:oracle:iot:dcd:capability:";

    /** What may stand in a segment as it is, beside letters and digits. */
    String PLAIN = "-._~:@!$&'()*+,;=";

    /** The digits of a percent code. */
    String HEX = "0123456789ABCDEF";

    /** The path, percent-encoded. */
    String url();

    /** One attribute: read or written alone. */
    record Attribute(String model, String name) implements DevicePath {
        @Override
        public String url() {
            return join(MODELS, model, ATTRIBUTES, name);
        }
    }

    /** The attributes of a model: several written at once. */
    record Attributes(String model) implements DevicePath {
        @Override
        public String url() {
            return join(MODELS, model, ATTRIBUTES);
        }
    }

    /** One action: called. */
    record Action(String model, String name) implements DevicePath {
        @Override
        public String url() {
            return join(MODELS, model, ACTIONS, name);
        }
    }

    /**
     * A resource of a capability, or of a program.
     *
     * @param segments the path in pieces, decoded; at least one
     */
    record Resource(List<String> segments) implements DevicePath {
        /** A resource with a copy of the segments. */
        public Resource {
            segments = List.copyOf(segments);
            if (segments.isEmpty()) {
                throw new IllegalArgumentException("a path without segments");
            }
        }

        @Override
        public String url() {
            return join(segments.toArray(String[]::new));
        }
    }

    /** The resource {@code name} of the capability {@code capability}: {@code message_dispatcher} and {@code counters}. */
    static DevicePath capability(String capability, String name) {
        return new Resource(List.of(MODELS, CAPABILITY + capability, name));
    }

    /** The path that {@code url} says, without its query. */
    static DevicePath parse(String url) throws ProtocolException {
        int query = url.indexOf('?');
        String path = query < 0 ? url : url.substring(0, query);
        String relative = path.startsWith("/") ? path.substring(1) : path;
        String[] pieces = relative.split("/", -1);
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = decode(pieces[i]);
            if (pieces[i].isEmpty()) {
                throw ProtocolException.of("the path " + ProtocolException.shown(url) + " has an empty segment");
            }
        }
        boolean model = pieces.length > 2 && pieces[0].equals(MODELS);
        if (model && pieces.length == 3 && pieces[2].equals(ATTRIBUTES)) {
            return new Attributes(pieces[1]);
        }
        if (model && pieces.length == 4 && pieces[2].equals(ATTRIBUTES)) {
            return new Attribute(pieces[1], pieces[3]);
        }
        if (model && pieces.length == 4 && pieces[2].equals(ACTIONS)) {
            return new Action(pieces[1], pieces[3]);
        }
        return new Resource(List.of(pieces));
    }

    /** {@code segment} so that it can stand between two slashes of a URL; colons stay. */
    static String encode(String segment) {
        StringBuilder out = new StringBuilder(segment.length() + 8);
        for (byte b : segment.getBytes(UTF_8)) {
            int c = b & 0xff;
            if (c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0)) {
                out.append((char) c);
            } else {
                out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
            }
        }
        return out.toString();
    }

    /** What {@code segment} says; a plus is a plus. */
    static String decode(String segment) throws ProtocolException {
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(segment.length());
        byte[] bytes = segment.getBytes(UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                out.write(bytes[i]);
                continue;
            }
            int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw ProtocolException.of(
                        ProtocolException.shown(segment) + " holds a % without two hex digits behind it");
            }
            out.write(high << 4 | low);
            i += 2;
        }
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(out.toByteArray())).toString();
        } catch (CharacterCodingException malformed) {
            throw ProtocolException.of(ProtocolException.shown(segment) + " is not valid UTF-8");
        }
    }

    private static String join(String... segments) {
        return Stream.of(segments).map(DevicePath::encode).collect(Collectors.joining("/"));
    }
}
