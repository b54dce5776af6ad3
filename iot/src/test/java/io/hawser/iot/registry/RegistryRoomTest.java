package io.hawser.iot.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.value.Value;
import io.hawser.iot.registry.command.CommandLimits;
import io.hawser.iot.registry.history.HistoryLimits;
import io.hawser.iot.registry.kept.RegistryException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many things of each kind the registry keeps, and how long their texts are. */
class RegistryRoomTest {
    private static final RegistryLimits TWO =
            new RegistryLimits(2, 2, 2, 2, 100, 128, 20, 3, CommandLimits.DEFAULT, HistoryLimits.DEFAULT);

    private final Scene scene = Scene.inMemory().restart(TWO);

    @AfterEach
    void end() {
        scene.close();
    }

    private void full(CompletableFuture<?> asked, String why) {
        assertThat(scene.refused(asked)).hasMessageContaining(why).satisfies(refused -> assertThat(refused.reason())
                .isEqualTo(RegistryException.Reason.LIMIT));
    }

    private CompletableFuture<Application> application(String name) {
        return application(name, "", Map.of());
    }

    private CompletableFuture<Application> application(String name, String description, Map<String, String> metadata) {
        return scene.registry().applications().add(name, description, metadata);
    }

    @Test
    void soManyApplicationsAndNotOneMore() {
        int there = scene.registry().applications().all().size();
        for (int i = there; i < 2; i++) {
            scene.done(application("app-" + i));
        }
        full(application("one-more"), "there are 2 applications, and the limit is 2; remove some, or raise it");
    }

    @Test
    void soManyIntegrationsAndNotOneMore() {
        String lab = scene.done(application("lab")).id();
        scene.done(scene.registry().integrations().add(lab, "one"));
        scene.done(scene.registry().integrations().add(lab, "two"));
        full(scene.registry().integrations().add(lab, "three"), "there are 2 integrations, and the limit is 2");
    }

    @Test
    void soManyModelsAndNotOneMore() {
        Value.Opaque json = new Value.Opaque(new byte[] {'{', '}'});
        scene.done(scene.registry().models().put("urn:a", json));
        scene.done(scene.registry().models().put("urn:b", json));
        full(scene.registry().models().put("urn:c", json), "there are 2 device models, and the limit is 2");
        assertThat(scene.done(scene.registry().models().put("urn:b", json)).urn())
                .isEqualTo("urn:b");
    }

    @Test
    void textsAndMetadataAreBounded() {
        full(application("lab", "x".repeat(21), Map.of()), "has 21 characters, and the limit is 20");
        full(application("lab", "", Map.of("a", "x".repeat(21))), "metadata a has 21 characters");
        full(application("lab", "", Map.of("a", "", "b", "", "c", "", "d", "")), "4 pieces of metadata are too many");
        scene.done(application("lab", "x".repeat(20), Map.of("a", "x".repeat(20), "b", "", "c", "")));
    }
}
