package io.hawser.iot.device;

import io.hawser.iot.policy.rule.NetworkCost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of the originals, and what they change ({@code specs/iot.md} 5). Each has a long name, the system property of the Java
 * library, and a short one, its last part, as the Python library says it.
 */
final class OptionKeys {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceOptions.class);
    private static final String OLD = "oracle.iot.client.";
    private static final String NEW = "com.oracle.iot.client.";
    private static final Duration FOR_EVER = Duration.ofDays(365);
    private static final int CLOSE_ENOUGH = 3;
    private static final List<String> ENTERPRISE = List.of(
            OLD + "enterprise.controller_polling_interval",
            OLD + "enterprise.controller_retry_count",
            OLD + "enterprise.monitor_polling_interval",
            OLD + "enterprise.monitor_max_formats",
            OLD + "enterprise.message_polling_interval",
            OLD + "enterprise.message_polling_limit");
    private static final List<String> MQTT = List.of(
            OLD + "device.mqtt_keep_alive_interval",
            OLD + "device.mqtt_connection_timeout",
            OLD + "device.mqtt_time_to_wait",
            OLD + "device.send_message_qos");
    private static final List<String> STORAGE = List.of(NEW + "storage_connection_host_name");
    private static final List<String> MEANINGLESS = List.of(
            OLD + "trustedAssetsStore",
            OLD + "trustedAssetsStorePassword",
            OLD + "pretty_print_messages",
            OLD + "device.message_queue_waittime",
            OLD + "device_model.prefix",
            OLD + "device_model.suffix",
            NEW + "device.persistence.isolation_level");
    private static final Map<String, Key> KEYS = keys();

    private OptionKeys() {}

    /** Changes options by the text of a value; an IllegalArgumentException says what would have made sense. */
    private interface Change {
        DeviceOptions apply(DeviceOptions options, String value);
    }

    private record Key(String property, Change change) {}

    // ---- the keys ----

    private static Map<String, Key> keys() {
        Map<String, Key> keys = new LinkedHashMap<>();
        dispatcher(keys);
        link(keys);
        device(keys);
        without(keys, "is for operators' programs", ENTERPRISE);
        without(keys, "is for MQTT, which this library does not speak", MQTT);
        without(keys, "changes nothing: contents are kept where the server says", STORAGE);
        without(keys, "has no meaning here", MEANINGLESS);
        return keys;
    }

    private static void dispatcher(Map<String, Key> keys) {
        add(
                keys,
                OLD + "device.dispatcher_max_queue_size",
                count((options, value) -> options.dispatcher(old -> old.maxQueueSize(value))));
        add(
                keys,
                OLD + "device.dispatcher_max_messages_per_connection",
                count((options, value) -> options.dispatcher(old -> old.maxMessagesPerConnection(value))));
        add(
                keys,
                OLD + "device.dispatcher_polling_interval",
                millis((options, value) -> options.dispatcher(old -> old.pollingInterval(value))));
        add(
                keys,
                OLD + "device.dispatcher_settle_time",
                millis((options, value) -> options.dispatcher(old -> old.settleTime(value))));
        Change retries = count((options, value) -> options.dispatcher(old -> old.baseRetries(Math.max(value, 3))));
        add(keys, OLD + "device.dispatcher_base_number_of_retries", retries);
        add(keys, OLD + "device.dispatcher_basic_number_of_retries", retries);
        add(
                keys,
                OLD + "device.message_dispatcher_backoff",
                millis((options, value) -> options.dispatcher(
                        old -> old.backoff(value.toMillis() < 100 ? Duration.ofMillis(100) : value))));
        add(keys, OLD + "device.request_dispatcher_thread_pool_size", count(DeviceOptions::requestThreads));
        add(
                keys,
                NEW + "disable_long_polling",
                truth((options, value) -> options.dispatcher(old -> old.longPolling(!value))));
    }

    private static void link(Map<String, Key> keys) {
        add(
                keys,
                NEW + "device.long_polling_timeout_offset",
                millis((options, value) -> options.link(old -> old.withPollOffset(value))));
        add(
                keys,
                OLD + "http_response_timeout",
                count((options, value) ->
                        options.link(old -> old.withAnswerTimeout(value <= 0 ? FOR_EVER : Duration.ofMillis(value)))));
        add(
                keys,
                OLD + "access_token_max_retries",
                count((options, value) -> options.link(old -> old.withTokenRetries(value))));
        add(
                keys,
                NEW + "device.allow_draft_device_models",
                truth((options, value) -> options.link(old -> old.withDrafts(value))));
        add(keys, NEW + "use_webapi", truth((options, value) -> {
            if (value) {
                throw new IllegalArgumentException("must be false, as this library does not speak as a user");
            }
            return options;
        }));
    }

    private static void device(Map<String, Key> keys) {
        add(keys, OLD + "device.send_receive_timeout", millis(DeviceOptions::sendReceiveTimeout));
        add(keys, OLD + "device.request_buffer_size", count(DeviceOptions::requestBufferSize));
        add(keys, OLD + "device_model_store", (options, value) -> options.modelStore(Path.of(value)));
        add(keys, OLD + "device_policy_store", (options, value) -> options.policyStore(Path.of(value)));
        add(keys, OLD + "network_cost", (options, value) -> options.networkCost(cost(value)));
        add(keys, NEW + "device.persistence.enabled", truth(DeviceOptions::persistence));
        add(
                keys,
                NEW + "device.persistence.directory",
                (options, value) -> options.persistenceFile(Path.of(value)
                        .resolve(options.persistenceFile()
                                .map(Path::getFileName)
                                .orElseGet(() -> Path.of("persistence_store")))));
        add(
                keys,
                NEW + "device.persistence.db_name",
                (options, value) -> options.persistenceFile(options.persistenceFile()
                        .map(old -> old.resolveSibling(value))
                        .orElseGet(() -> Path.of(value))));
        add(
                keys,
                NEW + "storage_connection_retry_limit",
                count((options, value) -> options.storage(old -> old.withRetries(value, old.pause()))));
        add(
                keys,
                OLD + "device.maximum_storage_objects_to_queue",
                count((options, value) -> options.storage(old -> old.withQueued(value))));
        add(
                keys,
                OLD + "disable_storage_object_prefix",
                truth((options, value) -> options.storage(old -> old.withPrefix(!value))));
        add(keys, OLD + "version", (options, value) -> options.info("version", value));
        add(keys, NEW + "device.ip_address", (options, value) -> options.info("ipAddress", value));
        add(keys, NEW + "device.mac_address", (options, value) -> options.info("macAddress", value));
    }

    private static void add(Map<String, Key> keys, String property, Change change) {
        Key key = new Key(property, change);
        keys.put(property, key);
        keys.put(shortName(property), key);
    }

    /** Those that are known, and change nothing. */
    private static void without(Map<String, Key> keys, String why, List<String> properties) {
        for (String property : properties) {
            add(keys, property, (options, value) -> {
                LOG.info("{} {}", property, why);
                return options;
            });
        }
    }

    private static String shortName(String property) {
        int persistence = property.indexOf("persistence.");
        return persistence > 0 ? property.substring(persistence) : property.substring(property.lastIndexOf('.') + 1);
    }

    // ---- values ----

    private static Change count(BiFunction<DeviceOptions, Integer, DeviceOptions> change) {
        return (options, value) -> {
            try {
                return change.apply(options, Integer.parseInt(value));
            } catch (NumberFormatException none) {
                throw new IllegalArgumentException("must be a whole number, and is '" + value + "'", none);
            }
        };
    }

    private static Change millis(BiFunction<DeviceOptions, Duration, DeviceOptions> change) {
        return (options, value) -> {
            try {
                long millis = Long.parseLong(value);
                if (millis >= 0) {
                    return change.apply(options, Duration.ofMillis(millis));
                }
            } catch (NumberFormatException none) {
                throw new IllegalArgumentException("must be a number of milliseconds, and is '" + value + "'", none);
            }
            throw new IllegalArgumentException("must be a number of milliseconds from 0 on, and is " + value);
        };
    }

    /** A property that is there and empty is true, as with the original. */
    private static Change truth(BiFunction<DeviceOptions, Boolean, DeviceOptions> change) {
        return (options, value) -> {
            if (value.isEmpty() || value.equalsIgnoreCase("true")) {
                return change.apply(options, true);
            }
            if (value.equalsIgnoreCase("false")) {
                return change.apply(options, false);
            }
            throw new IllegalArgumentException("must be true or false, and is '" + value + "'");
        };
    }

    private static NetworkCost cost(String value) {
        return Stream.of(NetworkCost.values())
                .filter(each -> each.name().equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "must be one of " + List.of(NetworkCost.values()) + ", and is '" + value + "'"));
    }

    // ---- where they stand ----

    static DeviceOptions system(DeviceOptions start, Properties properties) {
        DeviceOptions options = start;
        List<String> problems = new ArrayList<>();
        for (String name : new TreeSet<>(properties.stringPropertyNames())) {
            if (!name.startsWith(OLD) && !name.startsWith(NEW)) {
                continue;
            }
            Key key = KEYS.get(name);
            if (key == null) {
                LOG.warn("the system property {} is not known{}", name, suggestion(name));
            } else {
                options = apply(options, name, key, properties.getProperty(name), "", problems);
            }
        }
        return checked(options, problems, "the system properties");
    }

    static DeviceOptions file(DeviceOptions start, Path file) throws IOException {
        DeviceOptions options = start;
        List<String> problems = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            String text = line.strip();
            boolean plain = text.isEmpty() || "#;![".indexOf(text.charAt(0)) >= 0;
            if (plain) {
                continue;
            }
            String[] parts = text.split("\\s*[=:]\\s*", 2);
            String place = "line " + number + ": ";
            Key key = KEYS.get(parts[0]);
            if (key == null) {
                problems.add(place + parts[0] + " is not known" + suggestion(parts[0]));
            } else {
                options = apply(options, parts[0], key, parts.length < 2 ? "" : parts[1], place, problems);
            }
        }
        return checked(options, problems, file.toString());
    }

    private static DeviceOptions apply(
            DeviceOptions options, String name, Key key, String value, String place, List<String> problems) {
        try {
            return key.change().apply(options, value);
        } catch (IllegalArgumentException wrong) {
            problems.add(place + name + " " + wrong.getMessage());
            return options;
        }
    }

    private static DeviceOptions checked(DeviceOptions options, List<String> problems, String where) {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(where + ": " + String.join("; ", problems));
        }
        return options;
    }

    private static String suggestion(String name) {
        return nearest(name).map(near -> "; did you mean " + near + "?").orElse("");
    }

    private static Optional<String> nearest(String name) {
        Optional<String> best = Optional.empty();
        int least = CLOSE_ENOUGH + 1;
        for (String key : KEYS.keySet()) {
            int distance = distance(name, key);
            if (distance < least) {
                least = distance;
                best = Optional.of(key);
            }
        }
        return best;
    }

    /** How many letters must be put in, taken out or changed (Levenshtein). */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = corner + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                corner = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
