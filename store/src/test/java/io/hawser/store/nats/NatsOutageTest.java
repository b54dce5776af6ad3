package io.hawser.store.nats;

import static io.hawser.store.nats.NatsScene.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hawser.core.store.durable.MessageId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a store while NATS is not there, or cannot be what a store needs. */
@Timeout(60)
class NatsOutageTest {
    @Test
    void nobodyThereIsSaidWithWhatToDo() {
        NatsSettings nowhere = NatsScene.fresh().withUrl("nats://127.0.0.1:" + NatsServer.freePort());
        assertThatThrownBy(() -> new NatsScene(nowhere, "hub"))
                .hasMessageStartingWith("no NATS server answers at " + nowhere.url())
                .hasMessageContaining("start nats-server there, or correct store.nats.url");
    }

    @Test
    void aServerWithoutJetStreamIsSaidWithWhatToDo() {
        NatsSettings settings = NatsScene.fresh();
        try (NatsServer plain = NatsServer.without()) {
            assertThatThrownBy(() -> new NatsScene(settings.withUrl(plain.url()), "hub"))
                    .hasMessageContaining("has no JetStream for us")
                    .hasMessageContaining("start it with -js and a -sd folder");
        }
    }

    @Test
    void userAndPasswordOfTheUrlAreUsedAndNotShown() {
        NatsSettings settings = NatsScene.fresh();
        try (NatsServer guarded = NatsServer.fresh("--user", "hub", "--pass", "secret")) {
            String url = guarded.url().replace("//", "//hub:secret@");
            new NatsScene(settings.withUrl(url), "hub").close();
            NatsSettings wrong = new NatsSettings(
                    url.replace("secret", "guessed"),
                    settings.name(),
                    1,
                    Duration.ofMillis(500),
                    settings.lease(),
                    NatsAccess.NONE);
            assertThatThrownBy(() -> new NatsScene(wrong, "hub"))
                    .hasMessageContaining(guarded.url())
                    .hasMessageContaining("user and password")
                    .message()
                    .doesNotContain("guessed");
        }
    }

    @Test
    void moreReplicasThanServersAreRefused() {
        NatsSettings settings = NatsScene.fresh().withReplicas(3);
        assertThatThrownBy(() -> new NatsScene(settings, "hub"))
                .hasMessageContaining("cannot be had at " + settings.url())
                .hasMessageContaining("JetStream with room on 3 servers");
    }

    @Test
    void whatWasAcknowledgedSurvivesAKillOfTheServerAndTheRestGoesOnByItself() {
        survive(1);
    }

    @Test
    @Tag("slow")
    @Timeout(300)
    void whatWasAcknowledgedSurvivesTenKillsOfTheServer() {
        survive(10);
    }

    private static void survive(int kills) {
        NatsSettings settings = NatsScene.fresh();
        try (NatsServer server = NatsServer.fresh();
                NatsScene scene = new NatsScene(settings.withUrl(server.url()), "hub").define()) {
            List<CompletableFuture<Long>> appended = new ArrayList<>();
            for (int kill = 0; kill < kills; kill++) {
                for (int i = 0; i < 200; i++) {
                    appended.add(append(scene, appended.size()));
                }
                server.kill();
                await().until(() -> isRefused(scene));
                server.start();
                await().atMost(Duration.ofSeconds(30)).until(() -> !isRefused(scene));
            }
            appended.forEach(NatsScene::done);
            assertThat(scene.failures()).isEmpty();
            NatsScene.Ear ear = new NatsScene.Ear(scene, 10_000);
            await().until(() -> ear.heard.size() == appended.size());
            assertThat(ear.numbers())
                    .isEqualTo(LongStream.range(0, appended.size()).boxed().toList());
        }
    }

    private static CompletableFuture<Long> append(NatsScene scene, long n) {
        return scene.append(n, Optional.of(new MessageId("life", n + 1)));
    }

    /** Asks for something that is refused where nothing can grow. */
    private static boolean isRefused(NatsScene scene) {
        CompletableFuture<Long> asked = scene.set("probe", "");
        if (!asked.isCompletedExceptionally()) {
            return false;
        }
        assertThatThrownBy(() -> done(asked))
                .hasMessageContaining("does not take what is to be kept")
                .hasMessageContaining("nothing new is taken until it does");
        return true;
    }
}
