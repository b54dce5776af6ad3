package io.hawser.iot.gateway.storage;

import io.hawser.core.message.Topic;
import io.hawser.core.store.object.ObjectName;
import java.util.stream.Stream;

/**
 * What the files of devices are called. Pure.
 *
 * <pre>
 *   for a device     https://HUB/iot/storage/ENDPOINT/NAME
 *   in the store     iot:HARDWARE/NAME, the hardware id as a segment of a topic
 *   on the bus       files/iot:HARDWARE/NAME
 * </pre>
 */
public final class DeviceFiles {
    private static final String PREFIX = "iot:";

    private DeviceFiles() {}

    /** Whose the files of the device {@code hardwareId} are. */
    static String owner(String hardwareId) {
        return PREFIX + Topic.segment(hardwareId);
    }

    /** True if {@code owner} is what devices' files belong to. */
    static boolean isOwner(String owner) {
        return owner.startsWith(PREFIX);
    }

    /** The device whose files {@code owner} has. */
    static String hardwareId(String owner) {
        return Topic.name(owner.substring(PREFIX.length()));
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
