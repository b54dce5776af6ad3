package io.hawser.examples;

import io.hawser.app.config.ConfigReader;
import io.hawser.app.config.HubConfig;
import io.hawser.app.hub.Hub;
import java.util.Map;

/** A whole hub inside a program of one's own, on a free port. */
public final class EmbeddedHub {
    private EmbeddedHub() {}

    /** Starts the hub, says where it is, and closes it. */
    public static void main(String[] args) {
        HubConfig config =
                new ConfigReader(Map.of()).flag("--port", "eftl.port", 0).read();
        try (Hub hub = Hub.start(config)) {
            System.out.println("eFTL clients connect to " + hub.eftlUrl());
        }
    }
}
