package io.hawser.iot.gateway;

import io.hawser.core.value.Value;
import io.hawser.iot.registry.Device;
import io.hawser.iot.registry.DeviceState;
import io.hawser.iot.registry.Devices;
import io.hawser.iot.registry.Integration;
import io.hawser.iot.registry.Secret;
import io.hawser.iot.registry.kept.RegistryException;
import io.hawser.iot.wire.ProvisioningFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes what devices are given ({@code specs/iot.md} 2). Owner: the gateway's loop. */
final class Provisioning {
    private final String url;
    private final List<Value.Opaque> anchors = new ArrayList<>();
    private Optional<String> problem = Optional.empty();

    /** For a hub that listens on {@code port}; reads whom devices shall trust, so not for a loop. */
    Provisioning(IotSettings settings, int port) {
        this.url = settings.url().orElse("https://localhost:" + port);
        settings.trust().ifPresent(this::read);
    }

    private void read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                anchors.add(new Value.Opaque(each.getEncoded()));
            }
        } catch (IOException | CertificateException unreadable) {
            problem = Optional.of("hawser.iot.trust, " + file + ", holds no certificates: " + unreadable.getMessage());
        }
    }

    ProvisioningFile file(Devices devices, String name, List<String> connected) {
        sound();
        Device device = known(devices, name);
        if (device.state() != DeviceState.REGISTERED) {
            throw RegistryException.conflict("device " + device.hardwareId() + " is " + device.state()
                    + "; rotate its secret, and it can be activated with the new one");
        }
        Map<String, Value.Opaque> behind = new LinkedHashMap<>();
        for (String each : connected) {
            Device other = known(devices, each);
            behind.put(other.hardwareId(), secret(other));
        }
        return new ProvisioningFile(
                url,
                device.hardwareId(),
                secret(device),
                Optional.empty(),
                anchors,
                Optional.empty(),
                Optional.empty(),
                behind);
    }

    /** What a program of operators is given: it counts as activated, by the name of its integration. */
    ProvisioningFile file(Integration integration) {
        sound();
        return new ProvisioningFile(
                url,
                integration.id(),
                new Value.Opaque(integration.secret().bytes()),
                Optional.of(integration.id()),
                anchors,
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    private void sound() {
        if (problem.isPresent()) {
            throw RegistryException.conflict(problem.get());
        }
    }

    private static Device known(Devices devices, String name) {
        return devices.named(name).orElseThrow(() -> RegistryException.unknown("device " + name));
    }

    private static Value.Opaque secret(Device device) {
        Secret secret = device.keys()
                .secret()
                .orElseThrow(() -> RegistryException.conflict("device " + device.hardwareId() + " has no secret"));
        return new Value.Opaque(secret.bytes());
    }
}
