package io.hawser.iot.device;

import io.hawser.iot.link.AssetsException;
import io.hawser.iot.link.LinkException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A device that speaks for others, which cannot speak to the server themselves ({@code specs/iot.md} 1.5). */
public final class GatewayDevice extends DirectlyConnectedDevice {
    /** Metadata: who made the device. */
    public static final String MANUFACTURER = "manufacturer";

    /** Metadata: which of the maker's models it is. */
    public static final String MODEL_NUMBER = "modelNumber";

    /** Metadata: which one of that model it is. */
    public static final String SERIAL_NUMBER = "serialNumber";

    /** Metadata: what sort of device it is. */
    public static final String DEVICE_CLASS = "deviceClass";

    /** Metadata: how the gateway speaks with it. */
    public static final String PROTOCOL = "protocol";

    /** Metadata: what sort of device it is in that protocol. */
    public static final String PROTOCOL_DEVICE_CLASS = "protocolDeviceClass";

    /** Metadata: what it is called in that protocol. */
    public static final String PROTOCOL_DEVICE_ID = "protocolDeviceId";

    /** As {@link DirectlyConnectedDevice#DirectlyConnectedDevice(Path, String)}. */
    public GatewayDevice(Path configuration, String passphrase) throws AssetsException {
        super(configuration, passphrase);
    }

    /** As {@link DirectlyConnectedDevice#DirectlyConnectedDevice(Path, char[], DeviceOptions)}. */
    public GatewayDevice(Path configuration, char[] passphrase, DeviceOptions options) throws AssetsException {
        super(configuration, passphrase, options);
    }

    /**
     * Makes a device behind this gateway known to the server, or known again: the endpoint id is the same each time.
     *
     * @param hardwareId what whoever made the device calls it
     * @param metadata what people want to know of it, by the names above and any others
     * @param urns its models
     * @return its endpoint id
     * @throws IllegalStateException if the gateway is not activated
     * @throws LinkException as {@link #activate}; {@link LinkException.Kind#DENIED} with 403 if the device has a secret that is not in
     *     this gateway's provisioning file
     */
    public String registerDevice(String hardwareId, Map<String, String> metadata, String... urns)
            throws LinkException, AssetsException {
        return registerDevice(false, hardwareId, metadata, urns);
    }

    /**
     * The same.
     *
     * @param restricted whether the device shall stay behind this gateway, and no other may ever register it
     */
    public String registerDevice(boolean restricted, String hardwareId, Map<String, String> metadata, String... urns)
            throws LinkException, AssetsException {
        getEndpointId();
        return activation().indirect(restricted, hardwareId, metadata, List.of(urns));
    }

    @Override
    boolean isGateway() {
        return true;
    }
}
