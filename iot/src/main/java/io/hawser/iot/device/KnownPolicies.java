package io.hawser.iot.device;

import io.hawser.iot.device.virtual.VirtualDevice;
import io.hawser.iot.policy.PolicyStore;
import io.hawser.iot.policy.rule.DevicePolicy;
import io.hawser.iot.policy.rule.PolicyLimits;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the server has said of policies, in a folder if there is one: a device that begins while the server is silent follows what it
 * followed last ({@code specs/iot.md} 4.1). Several devices and programs may share the folder: each look and each change takes its
 * turn, and begins with what is on the disk. A folder that cannot be used costs no more than that. Callable from any thread; waits
 * for the disk.
 */
record KnownPolicies(Optional<Path> folder) {
    private static final Logger LOG = LoggerFactory.getLogger(KnownPolicies.class);
    private static final String TURN = "device-associations.lock";

    /** What {@code device} followed last. */
    Optional<DevicePolicy> find(VirtualDevice device) {
        return with(store -> store.find(
                        device.getEndpointId(), device.getDeviceModel().urn()))
                .flatMap(found -> found);
    }

    /** {@code device} follows {@code policy} from now on, or none. */
    void keep(VirtualDevice device, Optional<DevicePolicy> policy) {
        String endpoint = device.getEndpointId();
        String model = device.getDeviceModel().urn();
        with(store -> {
            if (policy.isPresent()) {
                store.assign(endpoint, model, policy.get());
            } else {
                store.unassign(endpoint, model);
            }
            return policy;
        });
    }

    private interface Turn<T> {
        T take(PolicyStore store) throws IOException;
    }

    private <T> Optional<T> with(Turn<T> turn) {
        return folder.flatMap(path -> with(path, turn));
    }

    /** Other devices of this program wait here, other programs at the lock. */
    private static synchronized <T> Optional<T> with(Path folder, Turn<T> turn) {
        try {
            PolicyStore.prepare(folder);
            try (FileChannel channel = FileChannel.open(
                            folder.resolve(TURN), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock ours = channel.lock()) {
                assert ours.isValid();
                PolicyStore store = PolicyStore.open(folder, PolicyLimits.DEFAULT);
                Optional<T> taken = Optional.of(turn.take(store));
                store.damaged().forEach(line -> LOG.warn("{}: {}", folder, line));
                return taken;
            }
        } catch (IOException unusable) {
            LOG.warn("{} cannot be used, policies will not outlive this program: {}", folder, unusable.toString());
            return Optional.empty();
        }
    }
}
