package io.hawser.app.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import io.hawser.app.access.AccessSettings;
import io.hawser.app.admin.AdminSettings;
import io.hawser.app.config.origin.Listing;
import io.hawser.app.log.LogFormat;
import io.hawser.core.link.Breaker;
import io.hawser.core.link.LinkLimits;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Relay;
import io.hawser.core.message.TextTemplate;
import io.hawser.core.route.RetainedSettings;
import io.hawser.core.session.OutboxLimits;
import io.hawser.eftl.link.LinkSettings;
import io.hawser.ivy.gateway.IvySettings;
import io.hawser.net.tls.TlsIdentity;
import io.hawser.store.nats.NatsSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes a {@link HubConfig} of layers, later ones on top: {@code defaults.conf}, a file, the environment, flags.
 *
 * <p>{@code defaults.conf} is also the schema: a key that is not in it is an error. All problems are collected and told
 * at once. Not thread-safe; its fields belong to whoever made it.
 */
public final class ConfigReader {
    private static final String DEFAULTS = "io/hawser/app/defaults.conf";
    private static final String ROOT = "hawser";
    private static final String DEVELOPMENT = "hawser serve --dev";

    private final Map<String, String> environment;
    private final Problems problems = new Problems();
    private Config development = ConfigFactory.empty();
    private Config file = ConfigFactory.empty();
    private Config flags = ConfigFactory.empty();

    /** A reader of the defaults and of the variables {@code HAWSER_A__B} in {@code environment}. */
    public ConfigReader(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * Joins the Ivy bus named {@code local} too, and lets the copters and all web pages of this machine connect, as
     * {@code hawser serve --dev} does.
     */
    public ConfigReader development() {
        ConfigParseOptions origin = ConfigParseOptions.defaults().setOriginDescription(DEVELOPMENT);
        development = ConfigFactory.parseString(
                        "ivy { local {} },"
                                + " clever { enabled = true, announce { to = \"127.255.255.255:8181\", host = \"127.0.0.1\" } },"
                                + " eftl.origins = [\"http://localhost:*\", \"http://127.0.0.1:*\", \"http://[::1]:*\"]",
                        origin)
                .withFallback(development);
        return this;
    }

    /** Lets devices of this machine connect, to a hub that is who the PEM files {@code certificate} and {@code key} say. */
    public ConfigReader devices(Path certificate, Path key, Path trust) {
        Map<String, ?> devices = Map.of(
                "iot.enabled", true,
                "iot.tls.certificate", certificate.toString(),
                "iot.tls.key", key.toString(),
                "iot.trust", trust.toString());
        development = ConfigFactory.parseMap(devices, DEVELOPMENT).withFallback(development);
        return this;
    }

    /** Opens the admin listener to whoever shows {@code token}, unless another one is configured. */
    public ConfigReader adminToken(String token) {
        development = ConfigFactory.parseMap(Map.of("admin.token", token), DEVELOPMENT)
                .withFallback(development);
        return this;
    }

    /** Puts the settings of the file at {@code path} on top of the defaults. */
    public ConfigReader file(Path path) {
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            problems.add(path + ": there is no such file that can be read");
            return this;
        }
        try {
            Config whole = ConfigFactory.parseFile(path.toFile()).resolve(ConfigResolveOptions.noSystem());
            whole.root().forEach((key, value) -> {
                if (!key.equals(ROOT)) {
                    problems.unknown(key, value, "all settings stand inside " + ROOT + " { ... }");
                }
            });
            file = whole.hasPath(ROOT) ? whole.getConfig(ROOT) : ConfigFactory.empty();
        } catch (com.typesafe.config.ConfigException unreadable) {
            problems.add(String.valueOf(unreadable.getMessage()));
        }
        return this;
    }

    /** Sets one key, such as {@code eftl.port}, above everything else; {@code flag} is what the user calls it. */
    public ConfigReader flag(String flag, String key, Object value) {
        flags = ConfigFactory.parseMap(Map.of(key, value), flag).withFallback(flags);
        return this;
    }

    /**
     * The configuration.
     *
     * @throws ConfigException with everything that is wrong
     */
    public HubConfig read() {
        return readAll().hub();
    }

    /**
     * The configuration, and where each setting comes from.
     *
     * @throws ConfigException with everything that is wrong
     */
    public Configuration readAll() {
        Config defaults = defaults();
        Map<String, ConfigObject> named = Map.of(
                ROOT + ".ivy", defaults.getObject("ivy-bus"),
                ROOT + ".links", defaults.getObject("link"),
                ROOT + ".users", defaults.getObject("user"),
                ROOT + ".tokens", defaults.getObject("token"),
                ROOT + ".eftl.channels", EftlChannels.template(defaults.getConfig(ROOT + ".eftl")));
        Schema schema = new Schema(ROOT, defaults.getObject(ROOT), named);
        Config variables = new Variables(schema.known().keySet()).read(environment);
        Config said = schema.sound(flags.withFallback(variables).withFallback(file), problems);
        Config hub = said.withFallback(development).withFallback(schema.known());
        Settings settings = new Settings(ROOT, hub, problems);
        HubConfig config = config(settings, defaults, said.hasPath("rules"));
        LogLevel logs = settings.section("log").choice("level", LogLevel.class);
        problems.check();
        return new Configuration(config, logs, new Listing(effective(named, hub)).of(ROOT, hub));
    }

    /** What each name starts from: an eFTL channel from what holds for all of them. */
    private static Map<String, ConfigObject> effective(Map<String, ConfigObject> named, Config hub) {
        Map<String, ConfigObject> templates = new HashMap<>(named);
        templates.put(ROOT + ".eftl.channels", EftlChannels.template(hub.getConfig("eftl")));
        return templates;
    }

    private static Config defaults() {
        ConfigParseOptions options = ConfigParseOptions.defaults()
                .setClassLoader(ConfigReader.class.getClassLoader())
                .setAllowMissing(false)
                .setOriginDescription("defaults.conf");
        return ConfigFactory.parseResources(DEFAULTS, options);
    }

    private static HubConfig config(Settings hub, Config defaults, boolean rulesChosen) {
        List<IvySettings> ivy = new IvyBuses(hub.section("ivy"), defaults.getConfig("ivy-bus")).read();
        Set<String> gateways = ivy.stream().map(bus -> "ivy/" + bus.name()).collect(Collectors.toSet());
        gateways.addAll(List.of("clever", "admin/token"));
        List<LinkSettings> links = new LinksSection(hub.section("links"), defaults.getConfig("link")).read();
        links.forEach(link -> gateways.add(link.origin()));
        Settings outbox = hub.section("outbox");
        EftlSection eftl = new EftlSection(hub.section("eftl"));
        StoreSections store = new StoreSections(hub);
        Optional<NatsSettings> nats = store.nats();
        Optional<Path> data = hub.folder("data").filter(folder -> nats.isEmpty());
        UsersAndRules users = new UsersAndRules(hub, defaults, gateways);
        AccessSettings access = users.read(rulesChosen);
        return new HubConfig(
                hub.count("loops", 0, 1024),
                hub.section("log").choice("format", LogFormat.class),
                data,
                access,
                lines(hub, "texts", TextTemplate::parse),
                lines(hub, "relays", Relay::parse),
                retained(hub.section("retained")),
                new BorderSections(hub, defaults.getConfig("ivy-bus")).read(),
                eftl.read(users.groups(), access.open()),
                eftl.rest(),
                ivy,
                new FleetSection(hub.section("clever")).read(),
                new IotSection(hub.section("iot")).read(),
                links,
                linkLimits(hub.section("link-limits")),
                admin(hub.section("admin")),
                new OutboxLimits(outbox.count("deliveries", 1, 100_000_000), outbox.bytes("bytes", 1L << 10, 1L << 40)),
                store.durable(),
                store.limits(data.isPresent() || nats.isPresent()),
                store.disk(),
                nats,
                hub.duration("drain", Duration.ZERO, Duration.ofHours(1)));
    }

    /** Each line of {@code key}, as {@code parse} reads it. */
    private static <T> List<T> lines(Settings hub, String key, Function<String, T> parse) {
        List<T> lines = new ArrayList<>();
        hub.texts(key, line -> {
            try {
                lines.add(parse.apply(line));
                return "";
            } catch (IllegalArgumentException wrong) {
                return String.valueOf(wrong.getMessage());
            }
        });
        return lines;
    }

    private static RetainedSettings retained(Settings retained) {
        List<TopicPattern> topics = new ArrayList<>();
        retained.texts("topics", line -> {
            try {
                topics.add(TopicPattern.parse(line));
                return "";
            } catch (IllegalArgumentException wrong) {
                return String.valueOf(wrong.getMessage());
            }
        });
        return new RetainedSettings(
                topics, retained.count("count", 1, 10_000_000), retained.bytes("bytes", 1L << 10, 1L << 40));
    }

    private static LinkLimits linkLimits(Settings limits) {
        Settings storm = limits.section("storm");
        Duration longest = Duration.ofHours(1);
        return new LinkLimits(
                limits.count("hops", 1, 64),
                new Breaker.Limits(
                        storm.count("times", 0, 1_000_000),
                        storm.duration("within", Duration.ofMillis(100), longest),
                        storm.duration("pause", Duration.ofMillis(100), longest)));
    }

    private static AdminSettings admin(Settings admin) {
        String host = admin.text("host");
        Optional<TlsIdentity> tls = new TlsSection(admin.section("tls")).read();
        Loopback.orEncrypted(admin, tls.isPresent(), host);
        return new AdminSettings(host, admin.count("port", 0, 65_535), admin.secret("token"), tls);
    }
}
