package io.hawser.iot.enterprise;

import io.hawser.core.value.Fields;
import io.hawser.iot.link.AssetsException;
import io.hawser.iot.link.HttpsLink;
import io.hawser.iot.link.LinkException;
import io.hawser.iot.link.ServerClock;
import io.hawser.iot.link.Threads;
import io.hawser.iot.link.TrustedAssets;
import io.hawser.iot.link.Waits;
import io.hawser.iot.model.DeviceModel;
import io.hawser.iot.model.ModelException;
import io.hawser.iot.storage.StorageDispatcher;
import io.hawser.iot.storage.StorageException;
import io.hawser.iot.storage.StorageObject;
import io.hawser.iot.storage.Storing;
import io.hawser.iot.wire.ProtocolException;
import io.hawser.iot.wire.operator.Filter;
import io.hawser.iot.wire.operator.Page;
import io.hawser.net.Loop;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program of an operator, that watches devices and tells them what to do ({@code specs/iot.md} 1.9):
 *
 * <pre>{@code
 * try (EnterpriseClient operator = new EnterpriseClient(Path.of("operator.conf"), passphrase)) {
 *     VirtualDevice sensor = operator.createVirtualDevice("SENSOR-1", "urn:com:example:humidity_sensor");
 *     sensor.setOnChange("humidity", event -> System.out.println(event.change().value()));
 *     ...
 * }
 * }</pre>
 *
 * <p>It sees the devices of its application, which is that of the integration whose provisioning file it is given. Devices are watched by
 * asking the server again and again, all of them in one call; and at once after one has done what it was told.
 *
 * <p>Callable from any thread. Methods that throw a {@link LinkException} wait for the server, so they are refused on the loop where futures
 * of this library complete.
 */
public final class EnterpriseClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EnterpriseClient.class);

    private final TrustedAssets assets;
    private final HttpsLink link;
    private final Waits waits;
    private final Server server;
    private final Executor callbacks;
    private final Monitor monitor;
    private final Orders orders;
    private final Storing storing;
    private volatile Consumer<LinkException> errors = why -> {};

    /**
     * The program whose provisioning file is {@code configuration}, with {@link EnterpriseOptions#system}. The server is asked later.
     *
     * @throws AssetsException if the file cannot be read, opened or used, or is that of a device, each with its own kind
     */
    public EnterpriseClient(Path configuration, String passphrase) throws AssetsException {
        this(configuration, passphrase.toCharArray(), EnterpriseOptions.system());
    }

    /**
     * The same with {@code options}.
     *
     * @param passphrase stays the caller's to wipe
     */
    public EnterpriseClient(Path configuration, char[] passphrase, EnterpriseOptions options) throws AssetsException {
        Loop loop = Threads.loop();
        this.assets = TrustedAssets.open(configuration, passphrase);
        assets.requireIntegration();
        this.link = new HttpsLink(assets, options.link(), new ServerClock(options.clock()), loop, Threads.workers());
        this.waits = new Waits(loop);
        this.server = new Server(link, assets.id());
        this.callbacks = options.executor().orElseGet(() -> Threads.pool(1, "hawser-iot-operator-callback-"));
        this.monitor = new Monitor(
                server,
                loop,
                new Bulk.Watching(
                        options.monitorInterval(),
                        options.maxFormats(),
                        new Random(new SecureRandom().nextLong()),
                        this::failed));
        this.orders = new Orders(
                server, loop, callbacks, options.outcomeInterval(), options.outcomePatience(), monitor::soon);
        this.storing = new Storing(loop, link, assets, options.storage(), Optional.of(callbacks));
    }

    // ---- what there is ----

    /**
     * The application of this program.
     *
     * @throws LinkException if the server does not say; {@link LinkException.Kind#DENIED} if it does not know the integration or its secret
     */
    public Application getApplication() throws LinkException {
        return waits.on(server.application());
    }

    /** All devices of the application, but for those that were decommissioned. */
    public Pages<Device> devices() {
        return devices(Filter.all());
    }

    /** Those that {@code filter} takes, by the names of the server: {@code connectivityStatus}, {@code state}, {@code deviceModels.urn}. */
    public Pages<Device> devices(Filter filter) {
        return pages("devices?expand=metadata", filter, Device::read);
    }

    /**
     * The device that somebody calls {@code id}: by its endpoint id, else by its hardware id.
     *
     * @throws LinkException of kind {@link LinkException.Kind#REFUSED} with status 404 if there is none in this application
     */
    public Device getDevice(String id) throws LinkException {
        Filter filter = new Filter.Or(List.of(Filter.equal("id", id), Filter.equal("hardwareId", id)));
        List<Device> found = devices(filter).page(0, 2).items();
        return found.stream()
                .filter(device -> device.id().equals(id))
                .findFirst()
                .or(() -> found.stream().findFirst())
                .orElseThrow(() -> LinkException.answered(
                        LinkException.Kind.REFUSED, 404, "there is no device " + id + " in this application"));
    }

    /** All device models that this application can use. */
    public Pages<DeviceModel> deviceModels() {
        return pages("deviceModels?expand=formats", Filter.all(), EnterpriseClient::model);
    }

    /**
     * The device model {@code urn}.
     *
     * @throws LinkException of kind {@link LinkException.Kind#REFUSED} with status 404 if the server does not know it; {@link
     *     LinkException.Kind#GARBLED} if it makes no sense
     */
    public DeviceModel getDeviceModel(String urn) throws LinkException {
        return pages("deviceModels?expand=formats", Filter.equal("urn", urn), EnterpriseClient::model)
                .page(0, 1)
                .items()
                .stream()
                .findFirst()
                .orElseThrow(() -> LinkException.answered(
                        LinkException.Kind.REFUSED, 404, "the server knows no device model " + urn));
    }

    private static DeviceModel model(Fields fields) throws ProtocolException {
        try {
            return DeviceModel.read(fields);
        } catch (ModelException senseless) {
            throw ProtocolException.of("a device model: " + senseless.reason());
        }
    }

    private <T> Pages<T> pages(String path, Filter filter, HttpsLink.Reading<T> item) {
        String query = path + "&totalResults=true&" + Server.query(filter);
        return new Pages<>(
                (offset, limit) -> waits.on(server.fetch(query + "&offset=" + offset + "&limit=" + limit, answer -> {
                    Page page = Page.read(answer);
                    List<T> items = new ArrayList<>();
                    for (Fields each : page.items()) {
                        items.add(item.of(each));
                    }
                    return new Pages.Page<>(items, page.offset(), page.hasMore(), page.totalResults());
                })));
    }

    // ---- devices far away ----

    /**
     * The device {@code id} by its model {@code urn}, watched from now on.
     *
     * @param id an endpoint id or a hardware id
     * @throws LinkException as {@link #getDevice} and {@link #getDeviceModel}
     */
    public VirtualDevice createVirtualDevice(String id, String urn) throws LinkException {
        return createVirtualDevice(getDevice(id).id(), getDeviceModel(urn));
    }

    /**
     * The device {@code endpointId} by {@code model}, watched from now on. Waits until it is known what it said last, which is no event; of
     * a device that is not there nothing is ever known.
     *
     * @throws LinkException if the server does not say
     */
    public VirtualDevice createVirtualDevice(String endpointId, DeviceModel model) throws LinkException {
        VirtualDevice made = new VirtualDevice(endpointId, model, orders, monitor, callbacks);
        waits.on(monitor.join(made));
        return made;
    }

    /**
     * What became of an order that this or another program of the application gave, waiting for it as {@link VirtualDevice#set} does: for
     * those that were still open when {@link Outcome.State#TIMED_OUT} was told.
     *
     * @param request {@link Outcome#request}
     * @return fails with a {@link LinkException} of status 404 if the server does not know the order any more
     */
    public CompletableFuture<Outcome> outcome(String request) {
        return orders.outcome(request);
    }

    /** Tells {@code callback} when devices cannot be watched, once until they can again, in the place of whoever was told. */
    public void setOnError(Consumer<LinkException> callback) {
        errors = callback;
    }

    private void failed(LinkException why) {
        callbacks.execute(() -> {
            try {
                errors.accept(why);
            } catch (RuntimeException | Error broken) {
                LOG.error("iot: an error callback failed", broken);
            }
        });
    }

    // ---- contents ----

    /**
     * A content that is too long for an order, to be uploaded: by {@link StorageObject#sync}, or by itself when an attribute is set to
     * it or an action is called with it. It is kept as this program's; the devices of its application can read it.
     *
     * @param name what the server calls it, behind the id of the integration
     * @param mimeType its media type, for example {@code image/jpeg}
     * @throws StorageException if the server does not say where contents are kept
     * @throws AssetsException if the provisioning file's trust anchors cannot be used
     */
    public StorageObject createStorageObject(String name, String mimeType) throws StorageException, AssetsException {
        return storage().create(assets.id(), name, mimeType);
    }

    /**
     * The content at {@code uri}, to be downloaded: for example what an attribute or an alert of a device says.
     *
     * @throws IllegalArgumentException if {@code uri} is not where the server keeps contents
     * @throws StorageException of kind {@link StorageException.Kind#ABSENT} if there is none
     */
    public StorageObject createStorageObject(URI uri) throws StorageException, AssetsException {
        return storage().find(uri);
    }

    /** What moves the contents of this program; it waits for the server, so never call it on the loop. */
    public StorageDispatcher storage() throws AssetsException {
        return storing.dispatcher();
    }

    // ---- the end ----

    /** Ends all calls: nothing is watched, and orders whose outcome is not known yet fail with {@link LinkException.Kind#CLOSED}. */
    @Override
    public void close() {
        monitor.close();
        storing.close();
        link.close();
    }

    /** Names no secret. */
    @Override
    public String toString() {
        return "operator " + assets;
    }
}
