package io.hawser.iot.gateway.storage;

import io.hawser.core.message.Topic;
import io.hawser.core.store.object.ObjectName;
import io.hawser.iot.registry.Device;
import io.hawser.iot.registry.Integration;
import io.hawser.iot.registry.Registry;
import java.util.stream.Stream;

/**
 * Whose files some are: a device's, or those of an operator's program.
 *
 * <pre>
 *   at the door      https://HUB/iot/storage/ENDPOINT/NAME    https://HUB/iot/storage/INTEGRATION/NAME
 *   in the store     iot:HARDWARE/NAME                        iot-program:INTEGRATION'S NAME/NAME, each id as a segment of a topic
 *   on the bus       files/iot:HARDWARE/NAME                  files/iot-program:INTEGRATION'S NAME/NAME
 * </pre>
 *
 * @param name the device's hardware id, or the integration's name
 * @param program whether it is a program
 */
public record FileOwner(String name, boolean program) {
    private static final String DEVICE = "iot:";
    private static final String PROGRAM = "iot-program:";

    static FileOwner of(Device device) {
        return new FileOwner(device.hardwareId(), false);
    }

    static FileOwner of(Integration integration) {
        return new FileOwner(integration.name(), true);
    }

    /** What the store calls it. */
    String inStore() {
        return (program ? PROGRAM : DEVICE) + Topic.segment(name);
    }

    /** True if the store's owner {@code owner} is none of those that {@code registry} knows, though it was one. */
    static boolean isForgotten(String owner, Registry registry) {
        if (owner.startsWith(PROGRAM)) {
            String name = Topic.name(owner.substring(PROGRAM.length()));
            return registry.integrations().all().stream()
                    .noneMatch(each -> each.name().equals(name));
        }
        return owner.startsWith(DEVICE)
                && registry.devices()
                        .byHardware(Topic.name(owner.substring(DEVICE.length())))
                        .isEmpty();
    }

    /**
     * Where it is said on the bus that {@code file} has come.
     *
     * @throws IllegalArgumentException with a text for the user if there is no such topic, because the name is too long
     */
    public static Topic topic(ObjectName file) {
        String[] path = Stream.concat(
                        Stream.of(file.owner()),
                        Stream.of(file.name().split("/", -1)).map(Topic::segment))
                .toArray(String[]::new);
        return new Topic("files/" + String.join("/", path));
    }
}
