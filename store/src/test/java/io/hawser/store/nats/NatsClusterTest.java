package io.hawser.store.nats;

import static io.hawser.store.nats.NatsScene.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.durable.DurablesContract;
import io.hawser.core.store.durable.MessageId;
import io.hawser.core.store.engine.Store;
import io.hawser.core.store.engine.StoreLimits;
import io.hawser.core.store.engine.TestEngine;
import io.hawser.core.store.map.MapsContract;
import io.hawser.core.store.record.RecordsContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The store on three servers: the contract, one server lost, two servers lost. */
@Tag("slow")
@Timeout(300)
class NatsClusterTest {
    private static final Duration ELECTION = Duration.ofSeconds(60);
    private static List<NatsServer> servers = List.of();

    @BeforeAll
    static void start() {
        NatsEngine.settings();
        servers = NatsServer.cluster();
        await().atMost(ELECTION).ignoreExceptions().until(() -> {
            new NatsScene(settings(), "the first").close();
            return true;
        });
    }

    @AfterAll
    static void stop() {
        servers.forEach(NatsServer::close);
    }

    private static NatsSettings settings() {
        String urls = servers.stream().map(NatsServer::url).collect(Collectors.joining(","));
        return NatsScene.fresh().withUrl(urls).withReplicas(3);
    }

    @Nested
    class Durables extends DurablesContract {
        /** Set by the superclass's constructor, before this class's own. */
        private @Nullable NatsEngine engine;

        @Override
        protected Store open(DurableListener listener) {
            NatsEngine opened = new NatsEngine(settings(), clock, listener, StoreLimits.ON_DISK);
            engine = opened;
            return opened.store();
        }

        @Override
        protected void settle(Store store) {
            NatsEngine.barrier(store);
            clock.run();
        }

        @AfterEach
        void close() {
            Objects.requireNonNull(engine, "opened").close();
        }
    }

    @Nested
    class Maps extends MapsContract {
        @Override
        protected TestEngine open(StoreLimits limits) {
            return new NatsEngine(settings(), limits);
        }
    }

    @Nested
    class Records extends RecordsContract {
        @Override
        protected TestEngine open(StoreLimits limits) {
            return new NatsEngine(settings(), limits);
        }
    }

    @Test
    void theStoreGoesOnWithoutAnyOneOfItsServers() {
        try (NatsScene scene = new NatsScene(settings(), "hub").define()) {
            List<CompletableFuture<Long>> appended = new ArrayList<>();
            for (NatsServer server : servers) {
                publish(scene, appended, 100);
                server.kill();
                publish(scene, appended, 100);
                appended.forEach(NatsScene::done);
                server.start();
                awaitPeers(scene);
            }
            heardOnce(scene, appended);
        }
    }

    @Test
    void withoutAQuorumNothingIsTakenAndItGoesOnByItself() {
        try (NatsScene scene = new NatsScene(settings(), "hub").define()) {
            List<CompletableFuture<Long>> appended = new ArrayList<>();
            publish(scene, appended, 100);
            appended.forEach(NatsScene::done);
            servers.get(0).kill();
            servers.get(1).kill();
            await().atMost(ELECTION).until(() -> isRefused(scene));
            servers.get(0).start();
            await().atMost(ELECTION).until(() -> !isRefused(scene));
            publish(scene, appended, 100);
            appended.forEach(NatsScene::done);
            servers.get(1).start();
            awaitPeers(scene);
            heardOnce(scene, appended);
        }
    }

    /** Appends so many messages, each as soon as it is taken. */
    private static void publish(NatsScene scene, List<CompletableFuture<Long>> appended, int count) {
        for (int i = 0; i < count; i++) {
            long n = appended.size();
            MessageId id = new MessageId("life", n + 1);
            CompletableFuture<Long> taken = await().atMost(ELECTION)
                    .until(() -> scene.append(n, Optional.of(id)), append -> !append.isCompletedExceptionally());
            appended.add(taken);
        }
    }

    private static void heardOnce(NatsScene scene, List<CompletableFuture<Long>> appended) {
        assertThat(scene.failures()).isEmpty();
        NatsScene.Ear ear = new NatsScene.Ear(scene, 10_000);
        await().until(() -> ear.heard.size() == appended.size());
        assertThat(ear.numbers())
                .isEqualTo(LongStream.range(0, appended.size()).boxed().toList());
    }

    private static boolean isRefused(NatsScene scene) {
        return scene.set("probe", "").isCompletedExceptionally();
    }

    /** Returns when all three servers have all of the journal again. */
    private static void awaitPeers(NatsScene scene) {
        done(scene.set("probe", ""));
        try (Link operator = NatsScene.operator(scene.settings())) {
            await().atMost(ELECTION)
                    .ignoreExceptions()
                    .until(() -> operator
                            .management()
                            .getStreamInfo(scene.settings().stream("JOURNAL"))
                            .getClusterInfo()
                            .getReplicas()
                            .stream()
                            .allMatch(peer -> peer.isCurrent() && !peer.isOffline()));
        }
    }
}
