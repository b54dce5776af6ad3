package io.hawser.verify.bench.iot;

import io.hawser.iot.registry.Secret;
import io.hawser.iot.wire.Assertion;
import io.hawser.iot.wire.DirectActivation;
import io.hawser.net.Loop;
import io.hawser.net.Loops;
import io.hawser.net.http.HttpClient;
import io.hawser.net.tls.TlsTrust;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Many devices on one event loop, that do whatever they are asked. They have one key, for keys take time; everything else is as
 * the original library does it: a token by the secret, activation, a token by the key, and then one long poll after the other. While
 * the hub is away they try again and again. Callable from any thread.
 */
public final class DeviceCrowd implements AutoCloseable {
    private static final int AT_A_TIME = 50;

    private final Loops loops = Loops.start(1, "crowd");
    private final Loop loop = loops.next();
    private final HttpClient client;
    private final String url;
    private final String model;
    private final KeyPair keys;
    private final Predicate<String> answering;
    private final Map<String, Integer> done = new ConcurrentHashMap<>();
    private final Map<String, Integer> handedOut = new ConcurrentHashMap<>();
    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger polling = new AtomicInteger();
    private volatile Set<String> resting = Set.of();
    private volatile boolean closed;

    /** A crowd of devices of the model {@code model} that answers everything. */
    public DeviceCrowd(String url, Path trust, String model) {
        this(url, trust, model, command -> true);
    }

    /**
     * The same.
     *
     * @param answering whether the command of an id is answered
     */
    public DeviceCrowd(String url, Path trust, String model, Predicate<String> answering) {
        this.url = url;
        this.model = model;
        this.answering = answering;
        this.client = new HttpClient(loop, HttpClient.Options.defaults().with(TlsTrust.pem(trust)));
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The secret with which the device {@code name} must be registered. */
    public static Secret secret(String name) {
        return Secret.of("secret of " + name);
    }

    /** Has all of {@code names} activated, and lets them poll. */
    public void activate(List<String> names) {
        for (int from = 0; from < names.size(); from += AT_A_TIME) {
            List<CompletableFuture<Void>> some = new ArrayList<>();
            for (String name : names.subList(from, Math.min(names.size(), from + AT_A_TIME))) {
                some.add(new CrowdDevice(this, name).begin());
            }
            CompletableFuture.allOf(some.toArray(CompletableFuture[]::new)).join();
        }
    }

    /** From now on {@code names} do not poll, and all others do. */
    public void rest(Set<String> names) {
        resting = Set.copyOf(names);
    }

    /** How many polls wait now. */
    public int polling() {
        return polling.get();
    }

    /** How often each device has done what it was asked. */
    public Map<String, Integer> done() {
        return Map.copyOf(done);
    }

    /** How often each command came to its device. */
    public Map<String, Integer> handedOut() {
        return Map.copyOf(handedOut);
    }

    /** The commands whose answer the hub has taken. */
    public Set<String> answered() {
        return Set.copyOf(answered);
    }

    /** What went wrong. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    // ---- for its devices, on the loop ----

    Loop loop() {
        return loop;
    }

    HttpClient client() {
        return client;
    }

    String url() {
        return url;
    }

    boolean closed() {
        return closed;
    }

    boolean rests(String name) {
        return resting.contains(name);
    }

    void polls(int more) {
        polling.addAndGet(more);
    }

    /** {@code name} is asked for {@code command}; returns whether it answers. */
    boolean does(String name, String command) {
        done.merge(name, 1, Integer::sum);
        handedOut.merge(command, 1, Integer::sum);
        return answering.test(command);
    }

    void answered(String command) {
        answered.add(command);
    }

    void failed(String name, Throwable failure) {
        if (!closed) {
            failures.add(name + ": " + failure);
        }
    }

    DirectActivation activation(String name) {
        try {
            return DirectActivation.sign(
                    List.of(model), name, keys, secret(name).bytes());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** By what the device {@code id} proves who it is. */
    String assertion(String id, Instant expires) {
        try {
            return Assertion.sign(id, expires, keys.getPrivate());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        closed = true;
        client.close();
        loops.close();
    }
}
