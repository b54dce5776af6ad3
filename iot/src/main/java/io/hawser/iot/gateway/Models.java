package io.hawser.iot.gateway;

import io.hawser.iot.model.DeviceModel;
import io.hawser.iot.model.ModelCheck;
import io.hawser.iot.model.ModelException;
import io.hawser.iot.registry.Device;
import io.hawser.iot.registry.DeviceModelFile;
import io.hawser.iot.registry.DeviceModels;
import io.hawser.iot.wire.DevicePath;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.ProtocolException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the kept models say, each read once. Owner: the gateway's loop. */
final class Models {
    private static final Logger LOG = LoggerFactory.getLogger(Models.class);
    private static final int MOST = 10_000;
    private static final Json JSON = new Json(IotLimits.DEFAULT);

    private final DeviceModels files;
    private final Map<String, Known> known = new HashMap<>();

    /** What a version of a model says; empty: nothing that could be checked. */
    private record Known(long version, Optional<ModelCheck> check) {}

    Models(DeviceModels files) {
        this.files = files;
    }

    /** What values of the model {@code urn} must be like; empty if nobody knows, as with a draft. */
    Optional<ModelCheck> check(String urn) {
        Optional<DeviceModelFile> file = files.get(urn);
        if (file.isEmpty() || file.get().draft()) {
            return Optional.empty();
        }
        Known before = known.get(urn);
        if (before == null || before.version() != file.get().version()) {
            before = new Known(file.get().version(), read(file.get()));
            if (known.size() >= MOST) {
                known.clear();
            }
            known.put(urn, before);
        }
        return before.check();
    }

    private static Optional<ModelCheck> read(DeviceModelFile file) {
        try {
            return Optional.of(
                    new ModelCheck(DeviceModel.read(JSON.object(file.json().bytes()))));
        } catch (ProtocolException | ModelException unreadable) {
            LOG.warn("iot the model {} checks nothing: {}", file.urn(), unreadable.getMessage());
            return Optional.empty();
        }
    }

    /** The models of {@code device} that are not capabilities. */
    static List<String> own(Device device) {
        return device.models().stream()
                .filter(urn -> !urn.startsWith(DevicePath.CAPABILITY))
                .toList();
    }

    /**
     * The model of {@code device} that has what {@code wanted} looks for; else the first of which nobody knows what it has.
     *
     * @param what for the text of the refusal
     */
    String having(Device device, Predicate<DeviceModel> wanted, String what) throws ProtocolException {
        Optional<String> sure = own(device).stream()
                .filter(urn ->
                        check(urn).filter(check -> wanted.test(check.model())).isPresent())
                .findFirst();
        if (sure.isPresent()) {
            return sure.get();
        }
        if (own(device).isEmpty()) {
            throw ProtocolException.of("device " + device.hardwareId()
                    + " has not said yet which models it has; wait until it is activated");
        }
        return own(device).stream()
                .filter(urn -> check(urn).isEmpty())
                .findFirst()
                .orElseThrow(() -> ProtocolException.of("no model of device " + device.hardwareId() + " has " + what));
    }
}
