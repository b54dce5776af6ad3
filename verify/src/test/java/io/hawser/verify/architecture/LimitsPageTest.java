package io.hawser.verify.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.hawser.core.count.Counter;
import io.hawser.core.event.EventCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/limits.md} has each limit, with a metric and an event that there are and a test that is there. */
class LimitsPageTest {
    private static final Pattern ROW =
            Pattern.compile("\\| `([^`]+)` \\| (.+?) \\| (?:`([^`]+)`)? ?\\| ?([A-Z_]*) ?\\| (.+) \\|");

    /** Numbers and times among the settings that bound nothing. */
    private static final Set<String> NO_LIMITS =
            Set.of("loops", "eftl.heartbeat", "clever.announce.every", "store.nats.replicas");

    /** Records whose parts are settings, all of them. */
    private static final Set<String> SETTINGS = Set.of(
            "RestLimits",
            "OutboxLimits",
            "LinkLimits",
            "StorageLimits",
            "StoreLimits",
            "ObjectLimits",
            "FileLimits",
            "Limits");

    /** Parts of other records that are settings, or paces. */
    private static final Map<String, Set<String>> SOME_SETTINGS = Map.of(
            "MapLimits", Set.of("maps", "keyBytes", "valueBytes", "history", "removed", "watches", "first"),
            "RecordLimits", Set.of("keyBytes", "recordBytes"),
            "RegistryLimits",
                    Set.of("devices", "applications", "integrations", "models", "modelBytes", "commands", "history"),
            "CommandLimits", Set.of("queue", "queueBytes", "all", "ended", "keep"),
            "HistoryLimits", Set.of("messages", "keep", "chunks", "bytes", "attributes"),
            "PolicyLimits", Set.of("formula"),
            "IvyLimits", Set.of("connectPause", "seedPause", "beaconPause", "complaintPause"));

    /** One line of the page. */
    private record Row(String limit, String metric, String event, String proof) {}

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(House.file("docs/limits.md"))) {
            if (line.startsWith("| `")) {
                Matcher row = ROW.matcher(line);
                assertThat(row.matches()).as(line).isTrue();
                String metric = row.group(3) == null ? "" : row.group(3);
                rows.add(new Row(row.group(1), metric, row.group(4), row.group(5)));
            }
        }
        return rows;
    }

    private static Set<String> named() throws IOException {
        return rows().stream().map(Row::limit).collect(Collectors.toSet());
    }

    @Test
    void eachSettingThatBoundsSomethingIsThere() throws IOException {
        Config all = ConfigFactory.parseFile(
                House.file("app/src/main/resources/io/hawser/app/defaults.conf").toFile());
        Set<String> bounds = all.entrySet().stream()
                .filter(setting -> bounds(setting.getKey(), setting.getValue()))
                .map(setting -> setting.getKey().replaceFirst("^hawser\\.", ""))
                .filter(setting -> !setting.endsWith("port") && !NO_LIMITS.contains(setting))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(bounds).hasSizeGreaterThan(80);
        assertThat(named()).containsAll(bounds);
        assertThat(named().stream()
                        .filter(limit -> limit.matches("[a-z-]+(\\.[a-z-]+)*"))
                        .filter(limit -> !limit.endsWith("-logins"))
                        .collect(Collectors.toSet()))
                .isSubsetOf(bounds);
    }

    private static boolean bounds(String key, ConfigValue value) {
        boolean size = value.valueType() == ConfigValueType.STRING
                && String.valueOf(value.unwrapped()).matches("\\d+ ?(ms|s|m|h|d|B|KiB|MiB|GiB)");
        boolean rate = key.endsWith("rates") && value instanceof ConfigList;
        return size || rate || value.valueType() == ConfigValueType.NUMBER;
    }

    @Test
    void eachPartOfALimitsRecordIsThereOrASetting() throws IOException {
        Set<String> parts = new TreeSet<>();
        Matcher records = Pattern.compile("record (\\w*Limits)\\(([^)]*)\\)").matcher(sources());
        while (records.find()) {
            String type = records.group(1);
            Stream.of(records.group(2).split(",", -1))
                    .map(part -> part.replaceAll(".*\\s", ""))
                    .filter(part -> !SETTINGS.contains(type))
                    .filter(part -> !SOME_SETTINGS.getOrDefault(type, Set.of()).contains(part))
                    .forEach(part -> parts.add(type + "." + part));
        }
        assertThat(parts).hasSizeGreaterThan(50);
        assertThat(named()).containsAll(parts);
    }

    @Test
    void eachMetricAndEventIsOneThatThereIs() throws IOException {
        String sources = sources();
        Set<String> events = Stream.of(EventCode.values()).map(Enum::name).collect(Collectors.toSet());
        Set<String> counters = Stream.of(Counter.values())
                .map(counter -> counter.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        for (Row row : rows()) {
            String family = row.metric().replaceFirst("\\{.*", "");
            if (!family.isEmpty()) {
                assertThat(counters.contains(family) || sources.contains('"' + family + '"'))
                        .as(row + ": its metric is there")
                        .isTrue();
            }
            if (!row.event().isEmpty()) {
                assertThat(events).as(row.toString()).contains(row.event());
            }
        }
    }

    @Test
    void eachLimitThatIsCountedHasItsRowAndNoOther() throws IOException {
        Matcher counted = Pattern.compile(
                        "(?:\\blimit|reached\\.accept|full)\\(\\s*\"((?:[a-z]+\\.)?[a-z-]+\\.?[a-z-]*)\"")
                .matcher(sources());
        Set<String> found = new TreeSet<>();
        while (counted.find()) {
            found.add(counted.group(1));
        }
        assertThat(found).hasSizeGreaterThan(15);
        Set<String> told = rows().stream()
                .map(Row::metric)
                .filter(metric -> metric.startsWith("limit_reached"))
                .map(metric -> metric.replaceAll(".*=\"([^\"]+)\".*", "$1"))
                .collect(Collectors.toCollection(TreeSet::new));
        String all = sources();
        assertThat(told).allSatisfy(limit -> assertThat(
                        all.contains('"' + limit + '"') || found.contains(limit.replaceFirst("clever\\.files\\.", "")))
                .as(limit)
                .isTrue());
        assertThat(found.stream().filter(limit -> limit.contains(".") && !limit.endsWith(".")))
                .isSubsetOf(told);
    }

    @Test
    void eachProofIsATestThatIsThere() throws IOException {
        Map<String, String> tests = House.javaFiles("test").stream()
                .filter(file -> file.toString().matches(".*(Test|Contract)\\.java"))
                .collect(Collectors.toMap(
                        file -> String.valueOf(file.getFileName()).replace(".java", ""),
                        LimitsPageTest::text,
                        String::concat));
        for (Row row : rows()) {
            Matcher test = Pattern.compile("`(\\w+)\\.(\\w+)`.*").matcher(row.proof());
            if (test.matches()) {
                assertThat(tests.getOrDefault(test.group(1), ""))
                        .as(row.toString())
                        .contains(" " + test.group(2) + "(");
            } else {
                assertThat(row.proof()).as(row.toString()).isEqualTo("not tested");
            }
        }
    }

    private static String sources() {
        return House.javaFiles("main").stream().map(LimitsPageTest::text).collect(Collectors.joining());
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
