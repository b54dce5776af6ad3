package io.hawser.app.text;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Lines of comma-separated values (RFC 4180), fit for a terminal. What a spreadsheet would take for a formula gets an
 * apostrophe in front, for others choose topics and fields.
 */
public final class CsvText {
    private CsvText() {}

    /** The line of {@code cells}, without its end. */
    public static String line(List<String> cells) {
        return cells.stream().map(CsvText::cell).collect(Collectors.joining(","));
    }

    private static String cell(String text) {
        String safe = SafeText.of(text);
        boolean formula = !safe.isEmpty()
                && "=+-@".indexOf(safe.charAt(0)) >= 0
                && !safe.matches("-?[0-9]+(\\.[0-9]+)?(E-?[0-9]+)?");
        String shown = formula ? "'" + safe : safe;
        return shown.matches("[^,\"]*") ? shown : '"' + shown.replace("\"", "\"\"") + '"';
    }
}
