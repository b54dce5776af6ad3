package io.hawser.app.config;

import io.hawser.app.config.origin.Setting;
import java.util.List;

/**
 * What was read: what the hub is told, and where that comes from.
 *
 * @param hub what the hub is told
 * @param logs how much the program logs
 * @param settings each setting that holds, by key
 */
public record Configuration(HubConfig hub, LogLevel logs, List<Setting> settings) {
    /** With a copy of the list. */
    public Configuration {
        settings = List.copyOf(settings);
    }

    /** Of a program that has made the settings itself. */
    public static Configuration of(HubConfig hub) {
        return new Configuration(hub, LogLevel.INFO, List.of());
    }
}
