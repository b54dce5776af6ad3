package io.hawser.iot.gateway.storage;

import io.hawser.core.count.Counter;
import io.hawser.core.count.Counters;
import io.hawser.core.store.object.ObjectInfo;
import io.hawser.core.store.object.ObjectMetadata;
import io.hawser.core.store.object.ObjectName;
import io.hawser.core.store.object.ObjectReader;
import io.hawser.core.store.object.StoredObjects;
import io.hawser.core.store.object.Upload;
import io.hawser.core.store.object.UploadRequest;
import io.hawser.core.value.Fields;
import io.hawser.iot.gateway.call.Holder;
import io.hawser.iot.gateway.call.IotCall;
import io.hawser.iot.gateway.call.IotDoor;
import io.hawser.iot.gateway.call.Rejection;
import io.hawser.iot.gateway.call.TokenBook;
import io.hawser.iot.registry.Device;
import io.hawser.iot.registry.Integration;
import io.hawser.iot.registry.Registry;
import io.hawser.iot.wire.Json;
import io.hawser.net.http.HttpExchange;
import io.hawser.net.http.HttpRequest;
import io.hawser.net.http.HttpResponse;
import io.hawser.net.http.Route;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;

/**
 * Keeps the files of devices as the original's storage cloud did ({@code specs/iot.md} 1.8): {@code PUT}, {@code GET} and {@code HEAD}
 * on {@code CONTAINER/ENDPOINT/NAME}. A device reaches its own files, a gateway those of the devices behind it. An operator's program keeps files
 * under the id of its integration; it reads those of its application, and the devices of that read its. Owner: the gateway's loop; bodies are moved on their connection's.
 */
public final class StorageCalls {
    private static final String CONTAINER = "/iot/storage";
    private static final String BINARY = "application/octet-stream";
    /** In the metadata of a file, how its content is encoded. */
    static final String ENCODING = "content-encoding";

    private final Registry registry;
    private final TokenBook tokens;
    private final StoredObjects objects;
    private final StorageSite site;
    private final Executor owner;
    private final Digests digests;
    /** How many transfers go on for each caller. */
    private final Map<String, Integer> transfers = new HashMap<>();

    /**
     * What files need.
     *
     * @param url where the hub is; empty: where the caller finds it
     * @param counters counts what is refused
     * @param arrived tells the bus that a file has come; completes when nobody can miss that any more
     */
    public record StorageSite(
            Optional<String> url,
            StorageLimits limits,
            Counters counters,
            BiFunction<FileOwner, ObjectInfo, CompletableFuture<?>> arrived) {}

    /** Keeps files in {@code objects}. */
    public StorageCalls(Registry registry, TokenBook tokens, StoredObjects objects, StorageSite site, Executor owner) {
        this.registry = registry;
        this.tokens = tokens;
        this.objects = objects;
        this.site = site;
        this.owner = owner;
        this.digests = new Digests(owner);
    }

    /** The routes; {@code api} is where the others are. */
    public List<Route> routes(String api, IotDoor door) {
        return List.of(
                door.members("GET", api + "/provisioner/storage", this::provision),
                door.couriers("PUT", CONTAINER + "/{path*}", site.limits().fileBytes(), this::put),
                door.couriers("GET", CONTAINER + "/{path*}", 0, this::get));
    }

    /** {@code GET /provisioner/storage}. */
    private void provision(IotCall call, Holder sender) {
        String host = call.request().header("host").orElse("localhost");
        Fields fields = Fields.builder()
                .put("storageContainerUrl", site.url().orElse("https://" + host) + CONTAINER)
                .put("authToken", tokens.issue(new Holder.Courier(sender)))
                .build();
        call.answer(HttpResponse.of(200, "application/json", Json.write(fields)));
    }

    private void put(IotCall call, Holder sender) {
        Place place = place(call, sender);
        if (!place.writable()) {
            throw new Rejection(
                    403,
                    "an integration writes below its own id and reads the files of its devices; a device writes below its"
                            + " own endpoint id");
        }
        UploadRequest request = request(call.request(), place.name());
        if (request.size().orElse(0) > site.limits().fileBytes()) {
            site.counters().add(Counter.FILES_REFUSED);
        }
        begin(sender);
        CompletableFuture<ObjectInfo> arrived = room(place.name())
                .thenCompose(most -> objects.begin(request).thenCompose(upload -> take(call, upload, request, most)));
        call.after(arrived.whenCompleteAsync((info, failure) -> end(sender), owner), info -> {
            CompletableFuture<?> told = site.arrived().apply(place.owner(), info);
            call.after(told, done -> call.answer(FileAnswers.stored(info)));
        });
    }

    private static CompletableFuture<ObjectInfo> take(IotCall call, Upload upload, UploadRequest request, long most) {
        CompletableFuture<ObjectInfo> taken = new CompletableFuture<>();
        call.onConnection(exchange -> new FileUpload(exchange, upload, request.metadata())
                .take(most)
                .whenComplete((info, failure) -> {
                    if (failure == null) {
                        taken.complete(info);
                    } else {
                        taken.completeExceptionally(failure);
                    }
                }));
        return taken;
    }

    private static UploadRequest request(HttpRequest request, ObjectName name) {
        Map<String, String> more = request.header(ENCODING)
                .map(encoding -> Map.of(ENCODING, encoding))
                .orElse(Map.of());
        OptionalLong size = request.header("content-length").stream()
                .filter(said -> said.matches("[0-9]{1,18}"))
                .mapToLong(Long::parseLong)
                .findFirst();
        try {
            ObjectMetadata metadata =
                    new ObjectMetadata(request.header("content-type").orElse(BINARY), more);
            return new UploadRequest(name, metadata, size, Optional.empty());
        } catch (IllegalArgumentException wrong) {
            throw new Rejection(400, String.valueOf(wrong.getMessage()));
        }
    }

    /** Completes with how long a file may be that is to have this name. */
    private CompletableFuture<Long> room(ObjectName name) {
        int most = site.limits().files();
        CompletableFuture<List<ObjectInfo>> others = objects.list(name.owner(), "", "", most + 1)
                .thenApply(all ->
                        all.stream().filter(other -> !other.name().equals(name)).toList());
        return others.thenCombine(objects.usage(), (there, usage) -> {
            long left = site.limits().deviceBytes() - usage.getOrDefault(name.owner(), 0L);
            if (there.size() >= most || left <= 0) {
                site.counters().add(Counter.FILES_REFUSED);
                throw new Rejection(
                        507,
                        "this device has " + there.size() + " files of " + usage.getOrDefault(name.owner(), 0L)
                                + " bytes, and the limit is " + most + " of "
                                + site.limits().deviceBytes()
                                + "; delete some, or raise hawser.iot.files");
            }
            return Math.min(left, site.limits().fileBytes());
        });
    }

    private void get(IotCall call, Holder sender) {
        ObjectName name = place(call, sender).name();
        begin(sender);
        call.after(
                objects.open(name)
                        .whenCompleteAsync(
                                (found, failure) -> {
                                    if (found == null || found.isEmpty()) {
                                        end(sender);
                                    }
                                },
                                owner),
                found -> {
                    ObjectReader reader = found.orElseThrow(() -> new Rejection(404, "there is no file " + name));
                    give(call, new FileDownload(reader, () -> owner.execute(() -> end(sender))));
                });
    }

    private void give(IotCall call, FileDownload download) {
        digests.of(download.reader())
                .whenCompleteAsync(
                        (md5, damaged) -> call.onConnection(exchange -> {
                            if (damaged != null) {
                                download.close();
                                throw new Rejection(500, "this file is damaged; the hub's log says more");
                            }
                            answer(exchange, download, md5);
                        }),
                        owner);
    }

    private static void answer(HttpExchange exchange, FileDownload download, String md5) {
        try {
            FileAnswers.give(exchange, download, md5);
        } catch (RuntimeException refused) {
            download.close();
            throw refused;
        }
    }

    /** A file, whose it is, and whether the caller may write it. */
    private record Place(FileOwner owner, ObjectName name, boolean writable) {}

    private Place place(IotCall call, Holder sender) {
        String path = call.request().parameter("path");
        int cut = path.indexOf('/');
        String whose = cut < 0 ? "" : path.substring(0, cut);
        FileOwner owner = owner(sender, whose)
                .orElseThrow(() -> new Rejection(
                        403,
                        "a path in the container begins with the endpoint id of a device that the token lets in; "
                                + "leave oracle.iot.client.disable_storage_object_prefix alone"));
        try {
            ObjectName name = new ObjectName(owner.inStore(), path.substring(cut + 1));
            FileOwner.topic(name);
            boolean own = sender instanceof Holder.Program ? whose.equals(sender.id()) : !owner.program();
            return new Place(owner, name, own);
        } catch (IllegalArgumentException wrong) {
            throw new Rejection(400, String.valueOf(wrong.getMessage()));
        }
    }

    /** Whose files begin with {@code id}, if {@code sender} reaches them. */
    private Optional<FileOwner> owner(Holder sender, String id) {
        Optional<String> application = sender instanceof Holder.Program
                ? registry.integrations().get(sender.id()).map(Integration::application)
                : registry.devices().get(sender.id()).map(Device::application);
        Optional<FileOwner> program = registry.integrations()
                .get(id)
                .filter(each -> application.equals(Optional.of(each.application())))
                .map(FileOwner::of);
        return program.or(() -> registry.devices()
                .get(id)
                .filter(each -> reaches(sender, each, application))
                .map(FileOwner::of));
    }

    private static boolean reaches(Holder sender, Device device, Optional<String> application) {
        return sender instanceof Holder.Program
                ? application.equals(Optional.of(device.application()))
                : device.mailbox().equals(sender.id()) || device.id().equals(sender.id());
    }

    private void begin(Holder sender) {
        int now = transfers.getOrDefault(sender.id(), 0);
        if (now >= site.limits().transfers()) {
            site.counters().add(Counter.FILES_REFUSED);
            throw new Rejection(Rejection.answer(503, now + " files are on their way, the limit; wait for one of them")
                    .with("Retry-After", "1"));
        }
        transfers.put(sender.id(), now + 1);
    }

    private void end(Holder sender) {
        transfers.computeIfPresent(sender.id(), (id, now) -> now == 1 ? null : now - 1);
    }
}
