package io.hawser.iot.registry.kept;

import io.hawser.core.bytes.ByteReader;
import io.hawser.core.bytes.ByteWriter;
import io.hawser.core.bytes.BytesException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What several kinds of record are made of. Pure.
 *
 * <pre>
 *   texts   count, text...
 *   pairs   count, (text, text)...
 * </pre>
 */
public final class Pieces {
    private Pieces() {}

    /** Writes texts. */
    public static void texts(ByteWriter out, List<String> texts) {
        out.count(texts.size());
        texts.forEach(out::text);
    }

    /** Reads texts. */
    public static List<String> texts(ByteReader in) throws BytesException {
        int count = in.things(1);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(in.text());
        }
        return texts;
    }

    /** Writes names and what they stand for, in their order. */
    public static void pairs(ByteWriter out, Map<String, String> pairs) {
        out.count(pairs.size());
        pairs.forEach((name, value) -> out.text(name).text(value));
    }

    /** Reads names and what they stand for. */
    public static Map<String, String> pairs(ByteReader in) throws BytesException {
        int count = in.things(2);
        Map<String, String> pairs = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            pairs.put(in.text(), in.text());
        }
        return pairs;
    }
}
