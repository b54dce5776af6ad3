package io.hawser.iot.gateway.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.ProtocolException;
import io.hawser.iot.wire.operator.Filter;
import io.hawser.iot.wire.operator.Page;
import io.hawser.net.http.HttpRequest;
import io.hawser.net.http.HttpResponse;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the query of a call says about a list: which part of it, which things, and what of each. Pure. */
record Listing(HttpRequest request) {
    private static final Json JSON = new Json(IotLimits.DEFAULT);
    private static final int MOST = 200;

    /** The parameter {@code q}; everything if there is none. */
    Filter filter() throws ProtocolException {
        String q = request.query("q").orElse("");
        return q.isBlank() ? Filter.all() : Filter.parse(q, JSON);
    }

    /** The page of {@code all} that is asked for, at most 200 at once. */
    HttpResponse page(List<Fields> all) throws ProtocolException {
        boolean total = flag("totalResults");
        int offset = (int) number("offset", 0, Integer.MAX_VALUE);
        Page page = Page.of(all, offset, limit(MOST), total, this::url);
        return answer(200, page.fields());
    }

    /** How many things are wanted; {@code otherwise} if it is not said. */
    int limit(int otherwise) throws ProtocolException {
        return (int) Math.min(number("limit", otherwise, Integer.MAX_VALUE), MOST);
    }

    /** The parameter {@code name}, from 0 to {@code most}; {@code otherwise} if it is not said. */
    long number(String name, long otherwise, long most) throws ProtocolException {
        String text = request.query(name).orElse("");
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.matches("\\d{1,18}") || Long.parseLong(text) > most) {
            throw ProtocolException.of(name + " is no number from 0 to " + most);
        }
        return Long.parseLong(text);
    }

    /** Whether the parameter {@code name} is {@code true}, or stands alone. */
    boolean flag(String name) {
        return request.query(name)
                .filter(said -> said.isEmpty() || said.equals("true"))
                .isPresent();
    }

    /** {@code thing} with the members that {@code fields} names; with all if it names none. The id is always there. */
    Fields chosen(Fields thing) {
        Set<String> wanted = Stream.of(request.query("fields").orElse("").split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
        if (wanted.isEmpty()) {
            return thing;
        }
        Fields.Builder chosen = Fields.builder();
        for (int i = 0; i < thing.size(); i++) {
            if (wanted.contains(thing.name(i)) || thing.name(i).equals("id")) {
                chosen.put(thing.name(i), thing.value(i));
            }
        }
        return chosen.build();
    }

    /** This call with another offset. */
    String url(int offset) {
        Map<String, String> query = new TreeMap<>(request.query());
        query.put("offset", Integer.toString(offset));
        return request.path()
                + query.entrySet().stream()
                        .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
                        .collect(Collectors.joining("&", "?", ""));
    }

    static HttpResponse answer(int status, Fields body) {
        return HttpResponse.of(status, "application/json", Json.write(body));
    }

    static HttpResponse count(int count) {
        return answer(200, Fields.of("count", Value.of(count)));
    }
}
