package io.hawser.core.route;

import io.hawser.core.access.Principal;
import io.hawser.core.bytes.ByteReader;
import io.hawser.core.bytes.ByteWriter;
import io.hawser.core.bytes.BytesException;
import io.hawser.core.bytes.BytesLimits;
import io.hawser.core.bytes.ValueBytes;
import io.hawser.core.match.ContentMatcher;
import io.hawser.core.match.ContentMatcher.Predicate;
import io.hawser.core.match.Regexp;
import io.hawser.core.match.RegexpException;
import io.hawser.core.match.TopicPattern;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Between an interest and the bytes that outlive the hub: what a durable wants. Pure.
 *
 * <pre>
 *   octet    version, 2
 *   text     topic pattern
 *   count    predicates, for each: 1 text name, value | 2 text name (present) | 3 text name (absent)
 *   optional regexp
 *   optional channel, octet everywhere, optional except
 *   optional reader, count groups of the reader, for each its name; not in version 1
 * </pre>
 */
public final class InterestBytes {
    private static final int VERSION = 2;
    private static final BytesLimits LIMITS = new BytesLimits(1 << 20, 1);
    private static final ValueBytes VALUES = new ValueBytes(LIMITS);

    private InterestBytes() {}

    /**
     * The bytes of {@code interest}.
     *
     * @throws IllegalArgumentException with a text for the user if it is too long to be kept
     */
    public static byte[] write(Interest interest) {
        Scope scope = interest.scope();
        ByteWriter out = new ByteWriter().octet(VERSION).text(interest.topic().toString());
        out.count(interest.content().predicates().size());
        interest.content().predicates().forEach(predicate -> write(out, predicate));
        out.optional(interest.regexp().map(Regexp::text))
                .optional(scope.channel())
                .octet(scope.everywhere() ? 1 : 0)
                .optional(scope.except())
                .optional(scope.reader().map(reader -> reader.principal().name()));
        Set<String> groups =
                scope.reader().map(reader -> reader.principal().groups()).orElse(Set.of());
        out.count(groups.size());
        groups.stream().sorted().forEach(out::text);
        if (out.size() > LIMITS.maxBytes()) {
            throw new IllegalArgumentException("the matcher is too long; the limit is " + LIMITS.maxBytes() + " bytes");
        }
        return out.toByteArray();
    }

    private static void write(ByteWriter out, Predicate predicate) {
        if (predicate instanceof ContentMatcher.Equal equal) {
            try {
                VALUES.write(out.octet(1).text(equal.name()), equal.value());
            } catch (BytesException deep) {
                throw new IllegalArgumentException("a matcher compares with strings and numbers", deep);
            }
        } else {
            out.octet(predicate instanceof ContentMatcher.Present ? 2 : 3).text(predicate.name());
        }
    }

    /** The interest that {@code bytes} are; its regexp runs under the usual limits. */
    public static Interest read(byte[] bytes) throws BytesException {
        ByteReader in = new ByteReader(bytes, LIMITS);
        int version = in.octet();
        if (version != 1 && version != VERSION) {
            throw new BytesException("an interest of version " + version + "; this program reads " + VERSION);
        }
        try {
            TopicPattern topic = TopicPattern.parse(in.text());
            ContentMatcher content = new ContentMatcher(predicates(in));
            Optional<Regexp> regexp = in.optional().map(Regexp::compile);
            Scope scope = new Scope(
                    in.optional(), in.yes(), in.optional(), version == 1 ? Optional.empty() : reader(in, topic));
            in.end();
            return new Interest(topic, content, regexp, scope);
        } catch (IllegalArgumentException | RegexpException invalid) {
            throw new BytesException(String.valueOf(invalid.getMessage()));
        }
    }

    private static Optional<Reader> reader(ByteReader in, TopicPattern topic) throws BytesException {
        Optional<String> name = in.optional();
        Set<String> groups = new HashSet<>();
        for (int left = in.things(1); left > 0; left--) {
            groups.add(in.text());
        }
        return name.map(known -> new Reader(new Principal(known, groups), topic));
    }

    private static List<Predicate> predicates(ByteReader in) throws BytesException {
        int count = in.things(2);
        List<Predicate> predicates = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < count; i++) {
            int kind = in.octet();
            String name = in.text();
            if (!names.add(name)) {
                throw new BytesException("two predicates about " + name);
            }
            predicates.add(
                    switch (kind) {
                        case 1 -> new ContentMatcher.Equal(name, VALUES.value(in));
                        case 2 -> new ContentMatcher.Present(name);
                        case 3 -> new ContentMatcher.Absent(name);
                        default -> throw new BytesException("there is no kind of predicate " + kind);
                    });
        }
        return predicates;
    }
}
