package io.hawser.app.config;

import com.typesafe.config.Config;
import io.hawser.core.border.Border;
import io.hawser.core.border.Crossing;
import io.hawser.core.border.Rate;
import io.hawser.core.border.Rename;
import io.hawser.core.match.TopicPattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads the sections {@code in} and {@code out} of each gateway. */
final class BorderSections {
    private final Settings hub;
    private final Config bus;

    /** In {@code hub}; {@code bus} is what each Ivy bus starts from. */
    BorderSections(Settings hub, Config bus) {
        this.hub = hub;
        this.bus = bus;
    }

    /** All of them. */
    Borders read() {
        Settings ivy = hub.section("ivy");
        Map<String, Border> buses = new LinkedHashMap<>();
        for (String name : ivy.names()) {
            Border border = border(ivy.section(name, bus));
            if (!border.equals(Border.OPEN)) {
                buses.put(name, border);
            }
        }
        return new Borders(
                border(hub.section("eftl")), buses, border(hub.section("clever")), border(hub.section("iot")));
    }

    /** What stands in {@code in} and {@code out} of {@code gateway}. */
    static Border border(Settings gateway) {
        return new Border(crossing(gateway.section("in")), crossing(gateway.section("out")));
    }

    private static Crossing crossing(Settings way) {
        return new Crossing(
                lines(way, "only", TopicPattern::parse),
                lines(way, "not", TopicPattern::parse),
                lines(way, "rename", Rename::parse),
                lines(way, "rates", Rate::parse));
    }

    private static <T> List<T> lines(Settings way, String name, Function<String, T> reading) {
        List<T> lines = new ArrayList<>();
        way.texts(name, line -> {
            try {
                lines.add(reading.apply(line));
                return "";
            } catch (IllegalArgumentException wrong) {
                return String.valueOf(wrong.getMessage());
            }
        });
        return lines;
    }
}
