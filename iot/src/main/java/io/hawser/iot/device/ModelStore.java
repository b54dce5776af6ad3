package io.hawser.iot.device;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.value.Fields;
import io.hawser.iot.link.HttpsLink;
import io.hawser.iot.link.LinkException;
import io.hawser.iot.link.Waits;
import io.hawser.iot.model.DeviceModel;
import io.hawser.iot.model.ModelException;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.ProtocolException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Device models: from a local folder if there is one, else from the server, whose bytes are then put into the folder and never
 * looked up again ({@code specs/iot.md} 3.8). Callable from any thread; waits for disk and server.
 *
 * <pre>
 *   dm-urn%3Acom%3Aexample%3Apump.json      one file a model, its URN as in a URL
 * </pre>
 */
final class ModelStore {
    private static final Logger LOG = LoggerFactory.getLogger(ModelStore.class);
    private static final String PREFIX = "dm-";
    private static final String SUFFIX = ".json";
    private static final long LONGEST = 4 << 20;

    private final Optional<Path> folder;
    private final boolean drafts;
    private final Json json = new Json(IotLimits.DEFAULT);

    /**
     * Models in {@code folder}, which is made if only its last part is missing.
     *
     * @throws IllegalArgumentException if it cannot be read and written
     */
    ModelStore(Optional<Path> folder, boolean drafts) {
        this.folder = folder;
        this.drafts = drafts;
        folder.ifPresent(ModelStore::prepare);
    }

    private static void prepare(Path folder) {
        try {
            if (!Files.exists(folder)) {
                Files.createDirectory(folder);
            }
        } catch (IOException missing) {
            throw new IllegalArgumentException("device_model_store: cannot make the folder " + folder, missing);
        }
        if (!Files.isDirectory(folder) || !Files.isReadable(folder) || !Files.isWritable(folder)) {
            throw new IllegalArgumentException(
                    "device_model_store: " + folder + " is no folder that can be read and written");
        }
    }

    /** The model {@code urn}. */
    DeviceModel get(String urn, HttpsLink link, Waits waits) throws LinkException {
        Optional<DeviceModel> kept = kept(urn);
        if (kept.isPresent()) {
            return kept.get();
        }
        byte[] said = waits.on(link.model(urn))
                .orElseThrow(() -> LinkException.answered(
                        LinkException.Kind.REFUSED, 404, "the server knows no device model " + urn));
        try {
            DeviceModel model = read(said);
            if (model.draft() && !drafts) {
                throw LinkException.answered(
                        LinkException.Kind.REFUSED,
                        200,
                        "the device model " + urn + " is a draft; allow_draft_device_models lets it be used");
            }
            keep(urn, said);
            return model;
        } catch (ModelException | ProtocolException senseless) {
            throw LinkException.answered(
                    LinkException.Kind.GARBLED,
                    200,
                    "the server's device model " + urn + ": " + senseless.getMessage());
        }
    }

    private Optional<DeviceModel> kept(String urn) {
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        Path file = file(folder.get(), urn);
        try {
            if (Files.size(file) > LONGEST) {
                throw new IOException("it is longer than " + LONGEST + " bytes");
            }
            return Optional.of(read(Files.readAllBytes(file)));
        } catch (NoSuchFileException notKept) {
            LOG.debug("{} is not there yet", file);
        } catch (IOException | ModelException | ProtocolException damaged) {
            LOG.warn("{} is of no use, the server is asked: {}", file, damaged.getMessage());
        }
        return Optional.empty();
    }

    private void keep(String urn, byte[] said) {
        if (folder.isEmpty()) {
            return;
        }
        Path file = file(folder.get(), urn);
        try {
            Path fresh = Files.createTempFile(folder.get(), PREFIX, ".new");
            Files.write(fresh, said);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritten) {
            LOG.warn("{} is not kept, the server will be asked again: {}", file, unwritten.getMessage());
        }
    }

    private DeviceModel read(byte[] bytes) throws ModelException, ProtocolException {
        Fields fields = json.object(bytes);
        return DeviceModel.read(fields);
    }

    private static Path file(Path folder, String urn) {
        return folder.resolve(PREFIX + URLEncoder.encode(urn, UTF_8) + SUFFIX);
    }
}
