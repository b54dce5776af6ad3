package io.hawser.core.store.object;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What is known of an object's content; kept, never acted upon.
 *
 * @param contentType what the content is, as in HTTP
 * @param fields further names and values
 */
public record ObjectMetadata(String contentType, Map<String, String> fields) {
    /** The most bytes of UTF-8 of all of it. */
    public static final int MAX_BYTES = 1024;

    /** Bytes of which nothing is known. */
    public static final ObjectMetadata BINARY = new ObjectMetadata("application/octet-stream", Map.of());

    /**
     * Metadata.
     *
     * @throws IllegalArgumentException with a text for the user if it is too long or holds control characters
     */
    public ObjectMetadata {
        fields = Map.copyOf(fields);
        int bytes = check(contentType);
        for (Map.Entry<String, String> field : fields.entrySet()) {
            bytes += check(field.getKey()) + check(field.getValue());
        }
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "the metadata of an object takes " + bytes + " bytes; the limit is " + MAX_BYTES);
        }
    }

    private static int check(String text) {
        if (text.codePoints().anyMatch(ObjectName::isControl)) {
            throw new IllegalArgumentException("the metadata of an object must not hold control characters");
        }
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
