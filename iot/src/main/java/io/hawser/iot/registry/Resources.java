package io.hawser.iot.registry;

import io.hawser.iot.registry.kept.Image;
import io.hawser.iot.registry.kept.Keeper;
import io.hawser.iot.registry.kept.Pieces;
import io.hawser.iot.registry.kept.Schema;
import io.hawser.iot.wire.IotMessage.ResourcesReport;
import io.hawser.iot.wire.IotMessage.ResourcesReport.Resource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * What devices say that they can be asked for ({@code specs/iot.md} 1.7.2, RESOURCES_REPORT), the table {@code iot-resources}. Owner
 * only; every future completes on the owner.
 *
 * <pre>
 *   resources  text device, pairs path and methods ("GET PUT")
 * </pre>
 */
public final class Resources {
    /** More of one device are not kept. */
    private static final int MOST = 256;

    private static final Schema<Kept> SCHEMA = new Schema<>(
            "iot-resources",
            Kept::device,
            (out, kept) -> Pieces.pairs(out.text(kept.device()), kept.paths()),
            in -> new Kept(in.text(), new TreeMap<>(Pieces.pairs(in))));

    private final Keeper keeper;
    private final Image<Kept> image;

    private record Kept(String device, Map<String, String> paths) {}

    /**
     * One of them.
     *
     * @param path where it is asked, without leading slash
     * @param methods how it can be asked
     */
    public record Known(String path, List<String> methods) {
        /** With a copy of the methods. */
        public Known {
            methods = List.copyOf(methods);
        }
    }

    Resources(Keeper keeper) {
        this.keeper = keeper;
        this.image = new Image<>(keeper.records(), SCHEMA, (before, after) -> {});
    }

    CompletableFuture<Void> load() {
        return image.load(keeper.owner());
    }

    /** What {@code device}, an endpoint id, can be asked for, in the order of the paths. */
    public List<Known> of(String device) {
        return paths(device).entrySet().stream()
                .map(each -> new Known(each.getKey(), methods(each.getValue())))
                .toList();
    }

    private Map<String, String> paths(String device) {
        return image.get(device).map(Kept::paths).orElse(Map.of());
    }

    private static List<String> methods(String said) {
        return said.isEmpty() ? List.of() : List.of(said.split(" ", -1));
    }

    /**
     * Keeps what {@code device} reports of itself: {@code resources} of {@code change}. Completes when that is safe.
     */
    public CompletableFuture<Boolean> report(String device, ResourcesReport.Change change, List<Resource> resources) {
        return keeper.inTurn("resources " + device, () -> {
            Map<String, String> before = paths(device);
            Map<String, String> after =
                    change == ResourcesReport.Change.UPDATE ? new TreeMap<>(before) : new TreeMap<>();
            if (change != ResourcesReport.Change.DELETE) {
                resources.forEach(each -> apply(each, after));
            }
            return keeper.commit(after.equals(before) ? List.of() : List.of(image.put(new Kept(device, after))), true);
        });
    }

    private static void apply(Resource resource, Map<String, String> paths) {
        if (resource.status() == ResourcesReport.Status.REMOVED) {
            paths.remove(resource.path());
        } else if (paths.size() < MOST || paths.containsKey(resource.path())) {
            paths.put(resource.path(), String.join(" ", resource.methods()));
        }
    }

    List<String> devices() {
        return image.all().stream().map(Kept::device).toList();
    }

    void forget(String device) {
        if (image.get(device).isPresent()) {
            keeper.commit(List.of(image.remove(device)), true);
        }
    }
}
