package io.hawser.app.text;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How rows of a list are shown: always one line each, always fit for a terminal. */
public enum RowFormat {
    /** For people: name=value, one thing a line. */
    TEXT {
        @Override
        public List<String> lines(List<Fields> rows) {
            return rows.stream().map(row -> joined(row, true, "  ")).toList();
        }
    },
    /** For programs: one JSON object. */
    JSON {
        @Override
        public List<String> lines(List<Fields> rows) {
            return rows.stream().map(JsonText::write).toList();
        }
    },
    /** The values alone, a tab between them. */
    RAW {
        @Override
        public List<String> lines(List<Fields> rows) {
            return rows.stream().map(row -> joined(row, false, "\t")).toList();
        }
    },
    /** For spreadsheets (RFC 4180): a line of names, then the values. */
    CSV {
        @Override
        public List<String> lines(List<Fields> rows) {
            Set<String> names = new LinkedHashSet<>();
            rows.forEach(row -> names.addAll(row.names()));
            List<String> lines = new ArrayList<>();
            if (!rows.isEmpty()) {
                lines.add(CsvText.line(List.copyOf(names)));
            }
            for (Fields row : rows) {
                lines.add(CsvText.line(names.stream()
                        .map(name -> row.get(name).map(RowFormat::shown).orElse(""))
                        .toList()));
            }
            return lines;
        }
    };

    /** The lines for {@code rows}, without their ends. */
    public abstract List<String> lines(List<Fields> rows);

    private static String joined(Fields row, boolean named, String between) {
        return IntStream.range(0, row.size())
                .mapToObj(i -> (named ? SafeText.of(row.name(i)) + "=" : "") + shown(row.value(i)))
                .collect(Collectors.joining(between));
    }

    private static String shown(Value value) {
        if (value instanceof Value.Str text) {
            return SafeText.of(text.value());
        }
        if (value instanceof Value.Bool flag) {
            return Boolean.toString(flag.value());
        }
        return value instanceof Value.Nested nested ? JsonText.write(nested.fields()) : String.valueOf(value);
    }
}
