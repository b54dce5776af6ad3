package io.hawser.iot.wire.operator;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.wire.Members;
import io.hawser.iot.wire.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A part of a list ({@code specs/iot.md} 1.9).
 *
 * @param items what is in this part
 * @param hasMore whether there is more behind it
 * @param offset how many were left out before it
 * @param totalResults how many there are in all, if that was asked for
 * @param links where to find this part, and those beside it
 */
public record Page(List<Fields> items, boolean hasMore, long offset, OptionalLong totalResults, List<Link> links) {
    /**
     * Where something is found.
     *
     * @param rel what it is: {@code self}, {@code next}, {@code prev}, {@code requests}
     * @param href a URL
     */
    public record Link(String rel, String href) {
        /** The members. */
        public Fields fields() {
            return Fields.builder().put("rel", rel).put("href", href).build();
        }

        static Value list(List<Link> links) {
            return new Value.Sequence(links.stream()
                    .<Value>map(link -> new Value.Nested(link.fields()))
                    .toList());
        }
    }

    /** A page with copies. */
    public Page {
        items = List.copyOf(items);
        links = List.copyOf(links);
    }

    /**
     * The page that {@code fields} say. Where it is in the list may be left out, and is 0 then.
     *
     * @throws ProtocolException says which member makes no sense
     */
    public static Page read(Fields fields) throws ProtocolException {
        Members members = new Members(fields, "");
        List<Fields> items =
                members.objects("items").stream().map(Members::fields).toList();
        List<Link> links = new ArrayList<>();
        for (Members link : members.objects("links")) {
            links.add(new Link(link.text("rel").orElse(""), link.text("href").orElse("")));
        }
        return new Page(
                items,
                members.truth("hasMore", false),
                members.integer("offset").orElse(0),
                members.integer("totalResults"),
                links);
    }

    /** All of {@code items}, which are few. */
    public static Page of(List<Fields> items) {
        return new Page(items, false, 0, OptionalLong.of(items.size()), List.of());
    }

    /**
     * At most {@code limit} of {@code all} behind the first {@code offset}.
     *
     * @param total whether the page tells how many there are
     * @param url the URL of a page by its offset
     */
    public static Page of(List<Fields> all, int offset, int limit, boolean total, Function<Integer, String> url) {
        int from = Math.min(Math.max(offset, 0), all.size());
        int to = (int) Math.min((long) from + Math.max(limit, 0), all.size());
        List<Link> links = new ArrayList<>();
        links.add(new Link("self", url.apply(offset)));
        if (to < all.size()) {
            links.add(new Link("next", url.apply(to)));
        }
        if (from > 0) {
            links.add(new Link("prev", url.apply(Math.max(from - limit, 0))));
        }
        return new Page(
                all.subList(from, to),
                to < all.size(),
                offset,
                total ? OptionalLong.of(all.size()) : OptionalLong.empty(),
                links);
    }

    /** The members, in the order of the original. */
    public Fields fields() {
        Fields.Builder fields = Fields.builder()
                .put(
                        "items",
                        new Value.Sequence(
                                items.stream().<Value>map(Value.Nested::new).toList()))
                .put("hasMore", Value.of(hasMore))
                .put("offset", offset)
                .put("count", items.size());
        totalResults.ifPresent(total -> fields.put("totalResults", total));
        if (!links.isEmpty()) {
            fields.put("links", Link.list(links));
        }
        return fields.build();
    }
}
