package io.hawser.app.admin.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.net.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@code routes.tsv} knows of each route of the admin listener. */
final class RouteTable {
    private static final int COLUMNS = 5;

    private final Map<String, Row> rows;

    /**
     * What is known of one.
     *
     * @param method such as {@code GET}
     * @param pattern as {@link Route#pattern}
     * @param query what may be asked
     * @param answer page, items, object, bytes or lines
     * @param summary what it does, for people
     */
    record Row(String method, String pattern, List<String> query, String answer, String summary) {
        Row {
            query = List.copyOf(query);
        }
    }

    private RouteTable(Map<String, Row> rows) {
        this.rows = rows;
    }

    /** The table in the jar. */
    static RouteTable read() {
        try (InputStream in =
                Objects.requireNonNull(RouteTable.class.getResourceAsStream("routes.tsv"), "in the jar")) {
            return new RouteTable(new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(RouteTable::row)
                    .collect(Collectors.toUnmodifiableMap(
                            row -> key(row.method(), row.pattern()), Function.identity())));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Row row(String line) {
        String[] columns = line.split("\t", -1);
        if (columns.length != COLUMNS) {
            throw new IllegalStateException("routes.tsv: '" + line + "' has not " + COLUMNS + " columns");
        }
        List<String> query = Stream.of(columns[2].split(",", -1))
                .filter(name -> !name.isEmpty())
                .toList();
        return new Row(columns[0], columns[1], query, columns[3], columns[4]);
    }

    private static String key(String method, String pattern) {
        return method + " " + pattern;
    }

    /** What is known of {@code route}. */
    Row of(Route route) {
        Row known = rows.get(key(route.method(), route.pattern()));
        return known == null ? new Row(route.method(), route.pattern(), List.of(), "object", "") : known;
    }
}
