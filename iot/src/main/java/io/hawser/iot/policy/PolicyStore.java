package io.hawser.iot.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.policy.rule.DevicePolicy;
import io.hawser.iot.policy.rule.PolicyException;
import io.hawser.iot.policy.rule.PolicyLimits;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.ProtocolException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The folder in which devices keep their policies, so that they know them while the server is away ({@code specs/iot.md} 4.1).
 *
 * <pre>
 *   ID                          a policy as the server said it; in the name its id, URL-encoded, points too
 *   device-associations.json    devicePolicyIdsToEndpointIds:     {ID: [endpoint id, ...], ...}
 *                               deviceModelUrnsToDevicePolicies:  {URN of a model: [ID, ...], ...}
 *   *.new                       what was being written when the program ended; means nothing
 * </pre>
 *
 * A file is there whole or not at all. One that cannot be read is named by {@link #damaged} and counts as absent: the policy is asked
 * for again. Owned by one thread, which waits for the disk in each method.
 */
public final class PolicyStore {
    private static final String ASSOCIATIONS = "device-associations.json";
    private static final String ENDPOINTS = "devicePolicyIdsToEndpointIds";
    private static final String POLICIES = "deviceModelUrnsToDevicePolicies";
    private static final int MOST_NAME = 240;

    private final Path folder;
    private final PolicyLimits limits;
    private final Json json = new Json(IotLimits.DEFAULT);
    private final Set<String> damaged = new TreeSet<>();
    private final Map<String, Set<String>> endpoints = new TreeMap<>();
    private final Map<String, Set<String>> policies = new TreeMap<>();

    private PolicyStore(Path folder, PolicyLimits limits) {
        this.folder = folder;
        this.limits = limits;
    }

    /** Makes {@code folder} if there is none, but not the folder above it. */
    public static void prepare(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(folder);
        }
    }

    /** Opens the store in {@code folder}, {@linkplain #prepare made} if there is none. */
    public static PolicyStore open(Path folder, PolicyLimits limits) throws IOException {
        prepare(folder);
        PolicyStore store = new PolicyStore(folder, limits);
        store.readAssociations();
        return store;
    }

    /** What could not be read, a line each with the name of the file. */
    public List<String> damaged() {
        return List.copyOf(damaged);
    }

    /** The policy that {@code endpoint} follows for {@code model}, as far as is known here. */
    public Optional<DevicePolicy> find(String endpoint, String model) throws IOException {
        Optional<String> id = policies.getOrDefault(model, Set.of()).stream()
                .filter(each -> endpoints.getOrDefault(each, Set.of()).contains(endpoint))
                .findFirst();
        return id.isEmpty() ? Optional.empty() : readPolicy(id.get());
    }

    /** From now on {@code endpoint} follows {@code policy} for {@code model}, and no other. */
    public void assign(String endpoint, String model, DevicePolicy policy) throws IOException {
        write(fileName(policy.id()), policy.fields());
        Set<String> unused = forget(endpoint, model);
        endpoints.computeIfAbsent(policy.id(), id -> new TreeSet<>()).add(endpoint);
        policies.computeIfAbsent(model, urn -> new TreeSet<>()).add(policy.id());
        writeAssociations();
        unused.remove(policy.id());
        delete(unused);
    }

    /** From now on {@code endpoint} follows no policy for {@code model}. */
    public void unassign(String endpoint, String model) throws IOException {
        Set<String> unused = forget(endpoint, model);
        writeAssociations();
        delete(unused);
    }

    /** Takes the association out, and tells the policies that nobody follows any more. */
    private Set<String> forget(String endpoint, String model) {
        Set<String> unused = new TreeSet<>();
        for (String id : policies.getOrDefault(model, Set.of())) {
            Set<String> following = endpoints.getOrDefault(id, new TreeSet<>());
            following.remove(endpoint);
            if (following.isEmpty()) {
                unused.add(id);
            }
        }
        endpoints.keySet().removeAll(unused);
        policies.computeIfPresent(model, (urn, ids) -> {
            ids.removeAll(unused);
            return ids.isEmpty() ? null : ids;
        });
        return unused;
    }

    private void delete(Set<String> ids) throws IOException {
        for (String id : ids) {
            Files.deleteIfExists(folder.resolve(fileName(id)));
        }
    }

    private static String fileName(String id) throws IOException {
        String name = URLEncoder.encode(id, UTF_8).replace("*", "%2A").replace(".", "%2E");
        if (name.length() > MOST_NAME) {
            throw new IOException("the id of a policy has too many characters for a file: " + name.length());
        }
        return name;
    }

    private Optional<DevicePolicy> readPolicy(String id) throws IOException {
        String name = fileName(id);
        try {
            Optional<Fields> fields = read(name);
            if (fields.isEmpty()) {
                return Optional.empty();
            }
            DevicePolicy policy = DevicePolicy.read(fields.get(), limits);
            if (!policy.id().equals(id)) {
                throw PolicyException.of("it is the policy " + ProtocolException.shown(policy.id()));
            }
            return Optional.of(policy);
        } catch (PolicyException wrong) {
            damaged.add(name + " is ignored: " + wrong.reason());
            return Optional.empty();
        }
    }

    /** The object in a file; nothing if there is no such file, or no object in it. */
    private Optional<Fields> read(String name) throws IOException {
        int most = IotLimits.DEFAULT.maxBodyBytes();
        try (InputStream in = Files.newInputStream(folder.resolve(name))) {
            return Optional.of(json.object(in.readNBytes(most + 1)));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (ProtocolException noJson) {
            damaged.add(name + " is ignored: " + noJson.reason());
            return Optional.empty();
        }
    }

    private void readAssociations() throws IOException {
        Optional<Fields> fields = read(ASSOCIATIONS);
        if (fields.isPresent()
                && !(lists(fields.get(), ENDPOINTS, endpoints) && lists(fields.get(), POLICIES, policies))) {
            damaged.add(ASSOCIATIONS + " is ignored: it does not say who follows what");
            endpoints.clear();
            policies.clear();
        }
    }

    /** False if the member {@code name} is no object of lists of strings. */
    private static boolean lists(Fields fields, String name, Map<String, Set<String>> into) {
        if (!(fields.find(name) instanceof Value.Nested object)) {
            return false;
        }
        for (String key : object.fields().names()) {
            if (!(object.fields().find(key) instanceof Value.Sequence list)) {
                return false;
            }
            Set<String> texts = new TreeSet<>();
            for (Value each : list.values()) {
                if (!(each instanceof Value.Str text)) {
                    return false;
                }
                texts.add(text.value());
            }
            into.put(key, texts);
        }
        return true;
    }

    private void writeAssociations() throws IOException {
        write(
                ASSOCIATIONS,
                Fields.builder()
                        .put(ENDPOINTS, object(endpoints))
                        .put(POLICIES, object(policies))
                        .build());
    }

    private static Value object(Map<String, Set<String>> lists) {
        Fields.Builder object = Fields.builder();
        lists.forEach((key, texts) -> {
            List<Value> values = new ArrayList<>();
            texts.forEach(text -> values.add(Value.of(text)));
            object.put(key, new Value.Sequence(values));
        });
        return new Value.Nested(object.build());
    }

    private void write(String name, Fields fields) throws IOException {
        Path draft = folder.resolve(name + ".new");
        Files.write(draft, Json.write(fields));
        force(draft);
        Files.move(draft, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        force(folder);
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
