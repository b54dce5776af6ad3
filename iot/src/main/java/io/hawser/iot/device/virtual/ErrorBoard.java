package io.hawser.iot.device.virtual;

import io.hawser.core.value.Fields;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who hears what was not delivered. Callbacks are set on any thread, and told on the callback executor. */
final class ErrorBoard {
    private static final Logger LOG = LoggerFactory.getLogger(VirtualDevice.class);

    private final VirtualDevice device;
    private volatile Optional<ErrorCallback> all = Optional.empty();
    private final Map<String, ErrorCallback> single = new ConcurrentHashMap<>();

    ErrorBoard(VirtualDevice device) {
        this.device = device;
    }

    void all(ErrorCallback callback) {
        all = Optional.of(callback);
    }

    void one(String attribute, ErrorCallback callback) {
        single.put(attribute, callback);
    }

    /** Each attribute's callback hears of its own value, then the device's of all of them. */
    void attributes(Fields values, Throwable failure) {
        for (int i = 0; i < values.size(); i++) {
            Fields one = Fields.of(values.name(i), values.value(i));
            Optional.ofNullable(single.get(values.name(i))).ifPresent(callback -> tell(callback, one, failure));
        }
        fields(values, failure, Optional.empty());
    }

    /** {@code own} hears of it if there is one, else the device's callback. */
    void fields(Fields values, Throwable failure, Optional<ErrorCallback> own) {
        Optional<ErrorCallback> told = own.or(() -> all);
        told.ifPresent(callback -> tell(callback, values, failure));
        if (told.isEmpty()) {
            LOG.warn("iot[{}] {} was not delivered: {}", device.getEndpointId(), values.names(), failure.getMessage());
        }
    }

    private void tell(ErrorCallback callback, Fields values, Throwable failure) {
        try {
            callback.onError(new ErrorEvent(device, values, failure));
        } catch (RuntimeException | Error broken) {
            LOG.error("iot[{}] an error callback failed", device.getEndpointId(), broken);
        }
    }
}
