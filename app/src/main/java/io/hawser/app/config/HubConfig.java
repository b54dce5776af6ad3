package io.hawser.app.config;

import io.hawser.app.access.AccessSettings;
import io.hawser.app.admin.AdminSettings;
import io.hawser.app.log.LogFormat;
import io.hawser.clever.gateway.FleetSettings;
import io.hawser.clever.gateway.Telemetry;
import io.hawser.clever.gateway.TelemetryForm;
import io.hawser.core.link.LinkLimits;
import io.hawser.core.message.Relay;
import io.hawser.core.message.TextTemplate;
import io.hawser.core.message.Wording;
import io.hawser.core.route.RetainedSettings;
import io.hawser.core.session.OutboxLimits;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.engine.StoreLimits;
import io.hawser.eftl.gateway.EftlSettings;
import io.hawser.eftl.link.LinkSettings;
import io.hawser.eftl.rest.RestLimits;
import io.hawser.iot.gateway.IotSettings;
import io.hawser.ivy.gateway.IvySettings;
import io.hawser.store.local.disk.DiskSettings;
import io.hawser.store.nats.NatsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything a hub is told before it starts; {@code defaults.conf} explains each setting, {@link ConfigReader} makes it.
 *
 * @param loops event loops that share all connections; 0 means one a processor core
 * @param log what lines of the log look like
 * @param data the folder that durables stay in; empty: they live as long as the hub
 * @param access who may log in, and who may do what
 * @param texts what makes a text of messages that come without one
 * @param relays what says messages on further topics
 * @param retained of which topics newcomers hear the last message
 * @param borders what may come in and go out through each gateway
 * @param eftl where eFTL clients connect
 * @param rest how much callers of eFTL's REST may ask for
 * @param ivy the Ivy buses to join, each name once
 * @param clever where clever-show copters connect; empty: nowhere
 * @param iot where devices of Oracle IoT Cloud Service connect; empty: nowhere
 * @param links the other hubs that it is linked to, each name once
 * @param linkLimits what links let come
 * @param admin where the hub tells about itself
 * @param outbox what may wait for one slow client
 * @param durable what a durable subscription is like
 * @param limits what maps, objects and records may hold
 * @param disk how much of the data folder's disk may be filled
 * @param nats the store on NATS, in the place of a data folder; empty: none
 * @param drain how long a hub that stops waits for what is on its way
 */
public record HubConfig(
        int loops,
        LogFormat log,
        Optional<Path> data,
        AccessSettings access,
        List<TextTemplate> texts,
        List<Relay> relays,
        RetainedSettings retained,
        Borders borders,
        EftlSettings eftl,
        RestLimits rest,
        List<IvySettings> ivy,
        Optional<FleetSettings> clever,
        Optional<IotSettings> iot,
        List<LinkSettings> links,
        LinkLimits linkLimits,
        AdminSettings admin,
        OutboxLimits outbox,
        DurableSettings durable,
        StoreLimits limits,
        DiskSettings disk,
        Optional<NatsSettings> nats,
        Duration drain) {
    /**
     * A configuration with copies of the lists.
     *
     * @throws IllegalArgumentException with a text for the user if two Ivy buses have one name
     */
    public HubConfig {
        texts = List.copyOf(texts);
        relays = List.copyOf(relays);
        ivy = List.copyOf(ivy);
        links = List.copyOf(links);
        Set<String> names = new HashSet<>();
        for (IvySettings bus : ivy) {
            if (!names.add(bus.name())) {
                throw new IllegalArgumentException("two Ivy buses are called '" + bus.name()
                        + "': their agents would have the same topics; give each a name of its own");
            }
        }
    }

    /** Where the store is, for people. */
    public String place() {
        return nats.map(NatsSettings::where)
                .or(() -> data.map(Path::toString))
                .orElse("memory (durables live as long as this hub)");
    }

    /** What makes texts: what the user says, then what comes with the gateways. */
    public List<Wording> wordings() {
        List<Wording> wordings = new ArrayList<>(texts);
        ivy.forEach(bus -> bus.paparazzi().ifPresent(wordings::add));
        clever.filter(fleet -> fleet.telemetry() == TelemetryForm.FIELDS)
                .ifPresent(fleet -> wordings.add(new Telemetry()));
        return wordings;
    }
}
