package io.hawser.iot.device;

import io.hawser.iot.device.virtual.Outlet;
import io.hawser.iot.device.virtual.VirtualDevice;
import io.hawser.iot.dispatch.MessageDispatcher;
import io.hawser.iot.link.AssetsException;
import io.hawser.iot.link.HttpsLink;
import io.hawser.iot.link.LinkException;
import io.hawser.iot.link.ServerClock;
import io.hawser.iot.link.Threads;
import io.hawser.iot.link.TrustedAssets;
import io.hawser.iot.link.Waits;
import io.hawser.iot.model.DeviceModel;
import io.hawser.iot.policy.rule.NetworkCost;
import io.hawser.iot.storage.StorageDispatcher;
import io.hawser.iot.storage.StorageException;
import io.hawser.iot.storage.StorageObject;
import io.hawser.iot.storage.Storing;
import io.hawser.iot.wire.IotHead;
import io.hawser.iot.wire.IotMessage;
import io.hawser.net.Loop;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A device that speaks to the server itself:
 *
 * <pre>{@code
 * try (DirectlyConnectedDevice device = new DirectlyConnectedDevice(Path.of("pump.conf"), passphrase)) {
 *     if (!device.isActivated()) {
 *         device.activate("urn:com:example:pump");
 *     }
 *     VirtualDevice pump = device.createVirtualDevice(device.getEndpointId(), device.getDeviceModel("urn:com:example:pump"));
 *     pump.setOnChange("limit", event -> motor.limit((Long) event.change().value()));
 *     pump.set("level", 4.2);
 * }
 * }</pre>
 *
 * <p>Or, without model and dispatcher, message by message: {@link #send} and {@link #receive(Duration)}.
 *
 * <p>Callable from any thread. Methods that throw a {@link LinkException} wait for the server, so they are refused on the loop where
 * futures of this library complete.
 */
public sealed class DirectlyConnectedDevice implements AutoCloseable permits GatewayDevice {
    private static final Logger LOG = LoggerFactory.getLogger(DirectlyConnectedDevice.class);

    private final TrustedAssets assets;
    private final DeviceOptions options;
    private final ServerClock clock;
    private final HttpsLink link;
    private final Waits waits;
    private final ModelStore models;
    private final Mail mail;
    private final Storing storing;
    private final Policies policies;
    private final Dispatching dispatching;
    private final AtomicReference<List<IotMessage>> unsaid = new AtomicReference<>(List.of());

    /**
     * The device whose provisioning file is {@code configuration}, with {@link DeviceOptions#system}.
     *
     * @throws AssetsException if the file cannot be read, opened or used, each with its own kind
     */
    public DirectlyConnectedDevice(Path configuration, String passphrase) throws AssetsException {
        this(configuration, passphrase.toCharArray(), DeviceOptions.system());
    }

    /**
     * The same with {@code options}.
     *
     * @param passphrase stays the caller's to wipe
     */
    public DirectlyConnectedDevice(Path configuration, char[] passphrase, DeviceOptions options)
            throws AssetsException {
        Loop loop = Threads.loop();
        this.assets = TrustedAssets.open(configuration, passphrase);
        this.options = options;
        this.clock = new ServerClock(options.clock());
        this.link = new HttpsLink(assets, options.link(), clock, loop, Threads.workers());
        this.waits = new Waits(loop);
        this.models = new ModelStore(options.modelStore(), options.link().drafts());
        this.mail = new Mail(link, waits, options.requestBufferSize());
        this.storing = new Storing(loop, link, assets, options.storage(), options.executor());
        this.policies = new Policies(link, waits, new KnownPolicies(options.policyStore()), options.networkCost());
        this.dispatching = new Dispatching(loop, link, clock, options, configuration, policies, storing::upload);
    }

    // ---- activation ----

    /** True once the server knows the device, from then on for ever. */
    public boolean isActivated() {
        return assets.isActivated();
    }

    /**
     * Makes the device known to the server, once: makes its keys, and writes them and the endpoint id into the provisioning file.
     * If this fails it can be tried again. Once the server has answered the device is activated, whatever comes after that.
     *
     * @param urns its models
     * @throws IllegalStateException if it is activated already
     * @throws AssetsException if the provisioning file cannot be written; read-only is told before the server is asked
     * @throws LinkException if the server does not answer, or not as it should; {@link LinkException.Kind#DENIED} if it does not
     *     know the device or its secret, or has activated it already, {@link LinkException.Kind#REFUSED} with 404 if it does not know
     *     a model
     */
    public synchronized void activate(String... urns) throws LinkException, AssetsException {
        if (isActivated()) {
            throw new IllegalStateException("the device is activated already, as " + assets.id());
        }
        String endpoint = activation().direct(Capability.with(List.of(urns), isGateway()));
        LOG.info("iot[{}] is activated as {}", assets.content().clientId(), endpoint);
        unsaid.set(List.of(Capability.report(head())));
        try {
            send();
        } catch (LinkException busy) {
            LOG.info("iot[{}] tells its resources with its next message: {}", endpoint, busy.getMessage());
        }
    }

    /**
     * What the server calls the device.
     *
     * @throws IllegalStateException if it is not activated
     */
    public String getEndpointId() {
        return assets.content()
                .endpointId()
                .orElseThrow(() -> new IllegalStateException("the device is not activated yet; activate it first"));
    }

    // ---- messages ----

    /** The head of a new message of this device: a fresh client id, the endpoint id, and the time by the server's clock. */
    public IotHead head() {
        return IotHead.of(UUID.randomUUID().toString(), getEndpointId(), clock.millis());
    }

    /**
     * Sends {@code messages} in one call, and waits until the server has accepted all of them. What a head does not say is filled
     * in: client id, source, event time.
     *
     * @throws IllegalStateException if the device is not activated
     * @throws LinkException if they were not accepted, none of them; or nobody knows, as the answer was lost: then the same messages
     *     can be sent again, the server knows them by their client ids
     */
    public void send(IotMessage... messages) throws LinkException {
        String endpoint = getEndpointId();
        List<IotMessage> owed = unsaid.getAndSet(List.of());
        List<IotMessage> all = new ArrayList<>(owed);
        for (IotMessage message : messages) {
            all.add(message.with(whole(message.head(), endpoint)));
        }
        if (all.isEmpty()) {
            return;
        }
        try {
            waits.on(link.post(all, 0));
        } catch (LinkException failed) {
            unsaid.set(owed);
            throw failed;
        }
    }

    private IotHead whole(IotHead head, String endpoint) {
        OptionalLong time = head.eventTime();
        return new IotHead(
                head.id(),
                head.clientId().isEmpty() ? UUID.randomUUID().toString() : head.clientId(),
                head.source().isEmpty() ? endpoint : head.source(),
                head.destination(),
                head.sender(),
                head.priority(),
                head.reliability(),
                time.isPresent() ? time : OptionalLong.of(clock.millis()),
                head.properties(),
                head.diagnostics(),
                head.stamp());
    }

    /**
     * The next request of the server, as {@link #receive(Duration)} with {@link DeviceOptions#sendReceiveTimeout}; 0: only one that
     * has come already.
     */
    public Optional<IotMessage.Request> receive() throws LinkException {
        requireReceiver();
        Duration limit = options.sendReceiveTimeout();
        return limit.isZero() ? mail.next() : mail.next(limit);
    }

    /**
     * The next request of the server to this device, or to one behind it. Whoever takes it answers it with {@link #send}.
     *
     * @param timeout how long to wait; zero: as long as for any answer; negative: until there is one
     * @throws IllegalStateException if the device is not activated, or has a dispatcher, which takes all requests
     */
    public Optional<IotMessage.Request> receive(Duration timeout) throws LinkException {
        requireReceiver();
        return mail.next(timeout.isZero() ? options.link().answerTimeout() : timeout);
    }

    private void requireReceiver() {
        getEndpointId();
        if (dispatching.isOpen()) {
            throw new IllegalStateException("the dispatcher takes all requests; register a handler at its requests()");
        }
    }

    /**
     * What carries messages and requests from now on, in the background: made with the first call of this, or of {@link
     * #createVirtualDevice}.
     *
     * @throws IllegalStateException if the device is not activated, or closed, or its dispatcher was removed
     */
    public MessageDispatcher dispatcher() {
        return outlet().dispatcher();
    }

    /** As {@link #dispatcher}; nothing if it was removed and no other was set. */
    public Optional<MessageDispatcher> getMessageDispatcher() {
        return dispatching.outlet(getEndpointId(), this::owed).map(Outlet::dispatcher);
    }

    /**
     * Has {@code other} carry messages and requests from now on; it is closed with the device. Virtual devices that were made before go on
     * with the one that they were made with.
     *
     * @return the one before, if there was one; it goes on, and is the caller's to close before the device
     * @throws IllegalStateException if the device is not activated, or closed
     */
    public Optional<MessageDispatcher> setMessageDispatcher(MessageDispatcher other) {
        getEndpointId();
        return dispatching.replace(other, this::owed);
    }

    /**
     * The device has no dispatcher from now on, and none is made until another is {@linkplain #setMessageDispatcher set}; requests are {@link
     * #receive received} by whoever asks.
     *
     * @return the one before, as with {@link #setMessageDispatcher}
     */
    public Optional<MessageDispatcher> removeMessageDispatcher() {
        return dispatching.remove();
    }

    private Outlet outlet() {
        return dispatching
                .outlet(getEndpointId(), this::owed)
                .orElseThrow(() -> new IllegalStateException(
                        "the dispatcher of this device was removed; set another one with setMessageDispatcher"));
    }

    private List<IotMessage> owed() {
        return unsaid.getAndSet(List.of());
    }

    // ---- models ----

    /**
     * The device model {@code urn}, from the local store if it is there, else from the server.
     *
     * @throws LinkException of kind {@link LinkException.Kind#REFUSED} with status 404 if the server does not know it, or with 200 if
     *     it is a draft and drafts are not allowed; {@link LinkException.Kind#GARBLED} if it makes no sense
     * @throws IllegalStateException if the device is not activated
     */
    public DeviceModel getDeviceModel(String urn) throws LinkException {
        getEndpointId();
        return models.get(urn, link, waits);
    }

    /**
     * The device {@code endpointId} by {@code model}: its attributes, actions, alerts and data. From now on the dispatcher works.
     * Waits for the server to tell its policies; if it does not, the device follows what it has kept of them, and asks again.
     *
     * @param endpointId this device's own, or that of a device behind this gateway
     * @throws IllegalArgumentException if it is that of another device, and this is no gateway
     * @throws IllegalStateException if the device is not activated, or closed
     */
    public VirtualDevice createVirtualDevice(String endpointId, DeviceModel model) {
        if (!endpointId.equals(getEndpointId()) && !isGateway()) {
            throw new IllegalArgumentException(
                    endpointId + " is not this device, which is " + getEndpointId() + ", and it is no gateway");
        }
        waits.requireElsewhere();
        VirtualDevice made = VirtualDevice.open(endpointId, model, outlet());
        policies.join(made);
        return made;
    }

    /**
     * From now on it costs {@code cost} to send something: policies that hold messages back because of it let them go, or hold the
     * next ones.
     */
    public void networkCost(NetworkCost cost) {
        policies.networkCost(cost);
    }

    // ---- contents ----

    /**
     * A content that is too long for a message, to be uploaded: by {@link StorageObject#sync}, or by itself when an attribute or a field
     * of type URI is set to it, and the message that says so waits for it.
     *
     * @param name what the server calls it, behind the endpoint id
     * @param mimeType its media type, for example {@code image/jpeg}
     * @throws StorageException if the server does not say where contents are kept
     * @throws AssetsException if the provisioning file's trust anchors cannot be used
     * @throws IllegalStateException if the device is not activated, or closed
     */
    public StorageObject createStorageObject(String name, String mimeType) throws StorageException, AssetsException {
        return storage().create(getEndpointId(), name, mimeType);
    }

    /**
     * The content at {@code uri}, to be downloaded: for example what an attribute or the argument of an action says.
     *
     * @throws IllegalArgumentException if {@code uri} is not where the server keeps contents
     * @throws StorageException of kind {@link StorageException.Kind#ABSENT} if there is none
     */
    public StorageObject createStorageObject(URI uri) throws StorageException, AssetsException {
        return storage().find(uri);
    }

    /** What moves the contents of this device; it waits for the server, so never call it on the loop. */
    public StorageDispatcher storage() throws AssetsException {
        getEndpointId();
        return storing.dispatcher();
    }

    // ---- the end ----

    /**
     * Sends what is queued, for no longer than {@code DispatcherOptions.closeTimeout}, and ends all calls; in a callback it
     * begins to, and returns. The device stays activated.
     */
    @Override
    public void close() {
        policies.close();
        dispatching.close();
        storing.close();
    }

    Activation activation() {
        return new Activation(assets, link, waits);
    }

    boolean isGateway() {
        return false;
    }

    /** Names no secret. */
    @Override
    public String toString() {
        return (isGateway() ? "gateway " : "device ") + assets;
    }
}
