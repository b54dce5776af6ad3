package io.hawser.app.admin.device;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.hawser.app.admin.Answers;
import io.hawser.app.admin.Question;
import io.hawser.app.admin.Rejection;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.gateway.IotGateway;
import io.hawser.iot.wire.ProtocolException;
import io.hawser.net.http.Route;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The file that a device is given: where the hub is, whom it trusts, its id and its secret, all encrypted with a passphrase.
 *
 * <pre>
 *   POST /devices/DEVICE/provisioning {"passphrase":..}   {"device":..,"server":..,"file":".."}; "connected", a list of devices whose
 *                                                         secrets a gateway is given too, if wanted
 * </pre>
 */
public final class ProvisioningApi {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Answers answers;
    private final IotGateway gateway;

    /** About the devices of {@code gateway}. */
    public ProvisioningApi(Answers answers, IotGateway gateway) {
        this.answers = answers;
        this.gateway = gateway;
    }

    /** What can be asked. */
    public List<Route> routes() {
        return List.of(answers.post("/devices/{device}/provisioning", this::provision));
    }

    static String passphrase(Question question) {
        return question.body()
                .string("passphrase")
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> Rejection.wrong("'passphrase' must say with what the file is encrypted"));
    }

    private CompletableFuture<Fields> provision(Question question) {
        String passphrase = passphrase(question);
        List<String> connected = new ArrayList<>();
        if (question.body().find("connected") instanceof Value.Sequence devices) {
            for (Value each : devices.values()) {
                if (!(each instanceof Value.Str device)) {
                    throw Rejection.wrong("'connected' must be a list of devices");
                }
                connected.add(device.value());
            }
        }
        return answers.then(DeviceApi.told(gateway.provisioning(question.part("device"), connected)), file -> {
            try {
                return Fields.builder()
                        .put("device", file.clientId())
                        .put("server", file.serverUri())
                        .put("file", new String(file.write(passphrase.toCharArray(), RANDOM), US_ASCII))
                        .build();
            } catch (ProtocolException tooLong) {
                throw Rejection.wrong(tooLong.reason());
            }
        });
    }
}
