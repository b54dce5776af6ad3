package io.hawser.iot.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.value.Value;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Models, applications and integrations. */
class DeviceModelsTest {
    private final Scene scene = Scene.inMemory();

    @AfterEach
    void end() {
        scene.close();
    }

    private static Value.Opaque json(String text) {
        return new Value.Opaque(text.getBytes(StandardCharsets.UTF_8));
    }

    private DeviceModels models() {
        return scene.registry().models();
    }

    @Test
    void aModelHasAVersionThatGrowsWhenItChanges() {
        DeviceModelFile first = scene.done(models().put("urn:a", json("{}")));
        scene.clock().advance(Duration.ofSeconds(3));
        assertThat(scene.done(models().put("urn:a", json("{}")))).isEqualTo(first);
        DeviceModelFile second = scene.done(models().put("urn:a", json("{ }")));
        assertThat(second.version()).isEqualTo(2);
        assertThat(second.created()).isEqualTo(Scene.START);
        assertThat(second.modified()).isEqualTo(Scene.START + 3_000);
        scene.restart();
        assertThat(models().all()).containsExactly(second);
        scene.done(models().remove("urn:a"));
        assertThat(scene.restart().registry().models().all()).isEmpty();
        assertThat(scene.refused(models().remove("urn:a"))).hasMessage("there is no device model urn:a");
    }

    @Test
    void aDraftIsNeverPutInThePlaceOfAModelButAModelInThatOfADraft() {
        CompletableFuture<DeviceModelFile> put = models().put("urn:a", json("{}"));
        assertThat(scene.done(models().draft("urn:a", json("draft")))).isEqualTo(scene.done(put));
        assertThat(scene.done(models().draft("urn:b", json("{}"))).draft()).isTrue();
        DeviceModelFile model = scene.done(models().put("urn:b", json("{}")));
        assertThat(model.draft()).isFalse();
        assertThat(model.version()).isEqualTo(2);
    }

    @Test
    void aModelMayBeAsLongAsTheLimit() {
        assertThat(scene.done(models().put("urn:a", json("x".repeat(256 << 10))))
                        .version())
                .isEqualTo(1);
        assertThat(scene.refused(models().put("urn:b", json("x".repeat((256 << 10) + 1)))))
                .hasMessageContaining("has 262145 bytes, and the limit is 262144");
    }

    @Test
    void anIntegrationHasASecretThatCanBeChangedAndTakenAway() {
        Applications applications = scene.registry().applications();
        Application lab = scene.done(applications.add("lab", "all of it", Map.of()));
        assertThat(applications.named("lab")).contains(lab);
        assertThat(scene.refused(applications.add("lab", "", Map.of()))).hasMessageContaining("already");
        Integrations integrations = scene.registry().integrations();
        Integration desk = scene.done(integrations.add(lab.id(), "desk"));
        Integration rotated = scene.done(integrations.rotate(desk.id()));
        assertThat(rotated.secret()).isNotEqualTo(desk.secret());
        assertThat(rotated.epoch()).isEqualTo(1);
        assertThat(scene.restart().registry().integrations().get(desk.id())).contains(rotated);
        scene.done(scene.registry().integrations().revoke(desk.id()));
        assertThat(scene.restart().registry().integrations().get(desk.id())).isEmpty();
        assertThat(scene.refused(scene.registry().integrations().rotate(desk.id())))
                .hasMessage("there is no integration " + desk.id());
        assertThat(scene.refused(scene.registry().integrations().add("nowhere", "x")))
                .hasMessage("there is no application nowhere");
    }
}
