package io.hawser.iot.enterprise;

import static io.hawser.iot.link.OptionTable.NEW;
import static io.hawser.iot.link.OptionTable.OLD;
import static io.hawser.iot.link.OptionTable.count;
import static io.hawser.iot.link.OptionTable.millis;

import io.hawser.iot.link.LinkSettings;
import io.hawser.iot.link.OptionTable;
import io.hawser.iot.storage.StorageSettings;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The keys of the originals, and what they change of a program of an operator ({@code specs/iot.md} 5). */
final class OptionKeys {
    private static final List<String> DEVICE = List.of(
            OLD + "device.dispatcher_max_queue_size",
            OLD + "device.dispatcher_max_messages_per_connection",
            OLD + "device.dispatcher_polling_interval",
            OLD + "device.dispatcher_settle_time",
            OLD + "device.dispatcher_base_number_of_retries",
            OLD + "device.dispatcher_basic_number_of_retries",
            OLD + "device.message_dispatcher_backoff",
            OLD + "device.message_queue_waittime",
            OLD + "device.request_dispatcher_thread_pool_size",
            OLD + "device.send_receive_timeout",
            OLD + "device.request_buffer_size",
            OLD + "device_policy_store",
            OLD + "network_cost",
            OLD + "version",
            NEW + "disable_long_polling",
            NEW + "device.long_polling_timeout_offset",
            NEW + "device.persistence.enabled",
            NEW + "device.persistence.directory",
            NEW + "device.persistence.db_name",
            NEW + "device.persistence.isolation_level",
            NEW + "device.ip_address",
            NEW + "device.mac_address");
    private static final List<String> MQTT = List.of(
            OLD + "device.mqtt_keep_alive_interval",
            OLD + "device.mqtt_connection_timeout",
            OLD + "device.mqtt_time_to_wait",
            OLD + "device.send_message_qos");
    private static final List<String> MEANINGLESS = List.of(
            OLD + "enterprise.message_polling_interval",
            OLD + "enterprise.message_polling_limit",
            OLD + "device_model_store",
            OLD + "device_model.prefix",
            OLD + "device_model.suffix",
            OLD + "trustedAssetsStore",
            OLD + "trustedAssetsStorePassword",
            OLD + "pretty_print_messages",
            NEW + "storage_connection_host_name");

    /** All of them. */
    static final OptionTable<EnterpriseOptions> KEYS = keys();

    private OptionKeys() {}

    private static OptionTable<EnterpriseOptions> keys() {
        OptionTable<EnterpriseOptions> keys = new OptionTable<>(LoggerFactory.getLogger(EnterpriseOptions.class));
        LinkSettings.keys(keys, EnterpriseOptions::link);
        StorageSettings.keys(keys, EnterpriseOptions::storage);
        keys.add(OLD + "enterprise.monitor_polling_interval", millis(EnterpriseOptions::monitorInterval));
        keys.add(OLD + "enterprise.monitor_max_formats", count(EnterpriseOptions::maxFormats));
        keys.add(OLD + "enterprise.controller_polling_interval", millis(EnterpriseOptions::outcomeInterval));
        keys.add(OLD + "enterprise.controller_retry_count", count(EnterpriseOptions::outcomeQuestions));
        keys.without("is for devices", DEVICE);
        keys.without("is for MQTT, which this library does not speak", MQTT);
        keys.without("has no meaning here", MEANINGLESS);
        return keys;
    }
}
