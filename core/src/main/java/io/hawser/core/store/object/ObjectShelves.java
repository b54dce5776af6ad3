package io.hawser.core.store.object;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The manifests of all objects, by owner and name. Owner: the catalog's thread. */
final class ObjectShelves {
    private final Map<String, NavigableMap<String, ObjectManifest>> owners = new HashMap<>();
    private int size;

    int size() {
        return size;
    }

    @Nullable
    ObjectManifest get(ObjectName name) {
        NavigableMap<String, ObjectManifest> shelf = owners.get(name.owner());
        return shelf == null ? null : shelf.get(name.name());
    }

    /** Returns what was there before. */
    @Nullable
    ObjectManifest put(ObjectManifest object) {
        ObjectName name = object.info().name();
        ObjectManifest older =
                owners.computeIfAbsent(name.owner(), owner -> new TreeMap<>()).put(name.name(), object);
        size += older == null ? 1 : 0;
        return older;
    }

    /** Returns what was there. */
    @Nullable
    ObjectManifest remove(ObjectName name) {
        NavigableMap<String, ObjectManifest> shelf = owners.getOrDefault(name.owner(), new TreeMap<>());
        ObjectManifest gone = shelf.remove(name.name());
        size -= gone == null ? 0 : 1;
        if (shelf.isEmpty()) {
            owners.remove(name.owner());
        }
        return gone;
    }

    List<ObjectInfo> list(String owner, String prefix, String after, int limit) {
        boolean follows = after.compareTo(prefix) >= 0;
        return Optional.ofNullable(owners.get(owner)).stream()
                .flatMap(shelf -> shelf.tailMap(follows ? after : prefix, !follows).values().stream())
                .map(ObjectManifest::info)
                .takeWhile(object -> object.name().name().startsWith(prefix))
                .limit(limit)
                .toList();
    }
}
