package io.hawser.iot.device;

import static io.hawser.iot.link.OptionTable.NEW;
import static io.hawser.iot.link.OptionTable.OLD;
import static io.hawser.iot.link.OptionTable.count;
import static io.hawser.iot.link.OptionTable.millis;
import static io.hawser.iot.link.OptionTable.truth;

import io.hawser.iot.link.LinkSettings;
import io.hawser.iot.link.OptionTable;
import io.hawser.iot.policy.rule.NetworkCost;
import io.hawser.iot.storage.StorageSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys of the originals, and what they change of a device ({@code specs/iot.md} 5). */
final class OptionKeys {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceOptions.class);
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
    private static final OptionTable<DeviceOptions> KEYS = keys();

    private OptionKeys() {}

    // ---- the keys ----

    private static OptionTable<DeviceOptions> keys() {
        OptionTable<DeviceOptions> keys = new OptionTable<>(LOG);
        dispatcher(keys);
        link(keys);
        device(keys);
        keys.without("is for operators' programs", ENTERPRISE);
        keys.without("is for MQTT, which this library does not speak", MQTT);
        keys.without("changes nothing: contents are kept where the server says", STORAGE);
        keys.without("has no meaning here", MEANINGLESS);
        return keys;
    }

    private static void dispatcher(OptionTable<DeviceOptions> keys) {
        keys.add(
                OLD + "device.dispatcher_max_queue_size",
                count((options, value) -> options.dispatcher(old -> old.maxQueueSize(value))));
        keys.add(
                OLD + "device.dispatcher_max_messages_per_connection",
                count((options, value) -> options.dispatcher(old -> old.maxMessagesPerConnection(value))));
        keys.add(
                OLD + "device.dispatcher_polling_interval",
                millis((options, value) -> options.dispatcher(old -> old.pollingInterval(value))));
        keys.add(
                OLD + "device.dispatcher_settle_time",
                millis((options, value) -> options.dispatcher(old -> old.settleTime(value))));
        OptionTable.Change<DeviceOptions> retries =
                count((options, value) -> options.dispatcher(old -> old.baseRetries(Math.max(value, 3))));
        keys.add(OLD + "device.dispatcher_base_number_of_retries", retries);
        keys.add(OLD + "device.dispatcher_basic_number_of_retries", retries);
        keys.add(
                OLD + "device.message_dispatcher_backoff",
                millis((options, value) -> options.dispatcher(
                        old -> old.backoff(value.toMillis() < 100 ? Duration.ofMillis(100) : value))));
        keys.add(OLD + "device.request_dispatcher_thread_pool_size", count(DeviceOptions::requestThreads));
        keys.add(
                NEW + "disable_long_polling",
                truth((options, value) -> options.dispatcher(old -> old.longPolling(!value))));
    }

    private static void link(OptionTable<DeviceOptions> keys) {
        keys.add(
                NEW + "device.long_polling_timeout_offset",
                millis((options, value) -> options.link(old -> old.withPollOffset(value))));
        LinkSettings.keys(keys, DeviceOptions::link);
        StorageSettings.keys(keys, DeviceOptions::storage);
    }

    private static void device(OptionTable<DeviceOptions> keys) {
        keys.add(OLD + "device.send_receive_timeout", millis(DeviceOptions::sendReceiveTimeout));
        keys.add(OLD + "device.request_buffer_size", count(DeviceOptions::requestBufferSize));
        keys.add(OLD + "device_model_store", (options, value) -> options.modelStore(Path.of(value)));
        keys.add(OLD + "device_policy_store", (options, value) -> options.policyStore(Path.of(value)));
        keys.add(OLD + "network_cost", (options, value) -> options.networkCost(cost(value)));
        keys.add(NEW + "device.persistence.enabled", truth(DeviceOptions::persistence));
        keys.add(
                NEW + "device.persistence.directory",
                (options, value) -> options.persistenceFile(Path.of(value)
                        .resolve(options.persistenceFile()
                                .map(Path::getFileName)
                                .orElseGet(() -> Path.of("persistence_store")))));
        keys.add(
                NEW + "device.persistence.db_name",
                (options, value) -> options.persistenceFile(options.persistenceFile()
                        .map(old -> old.resolveSibling(value))
                        .orElseGet(() -> Path.of(value))));
        keys.add(OLD + "version", (options, value) -> options.info("version", value));
        keys.add(NEW + "device.ip_address", (options, value) -> options.info("ipAddress", value));
        keys.add(NEW + "device.mac_address", (options, value) -> options.info("macAddress", value));
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
        return KEYS.system(start, properties);
    }

    static DeviceOptions file(DeviceOptions start, Path file) throws IOException {
        return KEYS.file(start, file);
    }
}
