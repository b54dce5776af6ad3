package io.hawser.verify.iot;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.app.authority.DevelopmentAuthority;
import io.hawser.app.config.ConfigReader;
import io.hawser.app.hub.Hub;
import io.hawser.core.value.Value;
import io.hawser.iot.registry.Integration;
import io.hawser.iot.registry.Registration;
import io.hawser.iot.registry.Registry;
import io.hawser.iot.registry.Secret;
import io.hawser.iot.wire.ProvisioningFile;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A whole hub for devices and operators, over TLS, with the application {@code test}; and the provisioning files that it gives. */
final class DeviceHub implements AutoCloseable {
    static final String PASSPHRASE = "open sesame";

    private final Path folder;
    private final DevelopmentAuthority authority;
    private final Hub hub;

    DeviceHub(Path folder) {
        this.folder = folder;
        this.authority = DevelopmentAuthority.in(folder.resolve("authority"), Instant.now());
        this.hub = Hub.start(new ConfigReader(Map.of())
                .flag("test", "eftl.port", 0)
                .flag("test", "iot.enabled", true)
                .flag("test", "iot.port", 0)
                .flag("test", "iot.tls.certificate", authority.certificate().toString())
                .flag("test", "iot.tls.key", authority.key().toString())
                .read());
        ask(registry -> registry.applications().add("test", "", Map.of()));
    }

    String eftlUrl() {
        return hub.eftlUrl();
    }

    /** The certificate by which the hub is believed. */
    Path trust() {
        return authority.trust();
    }

    <T> T ask(Function<Registry, CompletableFuture<T>> question) {
        return hub.iot()
                .orElseThrow()
                .ask(question)
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    void model(String urn, byte[] json) {
        ask(registry -> registry.models().put(urn, new Value.Opaque(json)));
    }

    /** The file of the device {@code name}, which is registered. */
    String device(String name) throws Exception {
        String secret = "secret of " + name;
        String application = application();
        ask(registry -> registry.devices()
                .register(new Registration(name, application, "", "", Map.of(), Optional.of(Secret.of(secret)))));
        return written(
                name, ProvisioningFile.fresh(url(), name, new Value.Opaque(secret.getBytes(UTF_8)), List.of(anchor())));
    }

    /** The file of the operator's program {@code name}, which is new. */
    String integration(String name) throws Exception {
        String application = application();
        Integration made = ask(registry -> registry.integrations().add(application, name));
        return written(
                name,
                new ProvisioningFile(
                        url(),
                        made.id(),
                        new Value.Opaque(made.secret().bytes()),
                        Optional.of(made.id()),
                        List.of(anchor()),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of()));
    }

    private String application() {
        return ask(registry -> CompletableFuture.completedFuture(
                registry.applications().named("test").orElseThrow().id()));
    }

    private String url() {
        return hub.iotUrl().orElseThrow().replace("127.0.0.1", "localhost");
    }

    private Value.Opaque anchor() throws Exception {
        try (InputStream pem = Files.newInputStream(trust())) {
            return new Value.Opaque(CertificateFactory.getInstance("X.509")
                    .generateCertificate(pem)
                    .getEncoded());
        }
    }

    private String written(String name, ProvisioningFile file) throws Exception {
        byte[] bytes = file.write(PASSPHRASE.toCharArray(), new SecureRandom());
        return Files.write(folder.resolve(name + ".conf"), bytes).toString();
    }

    @Override
    public void close() {
        hub.close();
    }
}
