package io.hawser.iot.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.policy.rule.DevicePolicy;
import io.hawser.iot.policy.rule.PolicyLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a device knows of its policies after a restart, on a real disk ({@code specs/iot.md} 4.1). */
class PolicyStoreTest {
    @TempDir
    private Path above;

    private PolicyStore store;

    @BeforeEach
    void open() throws IOException {
        store = PolicyStore.open(folder(), PolicyLimits.DEFAULT);
    }

    private Path folder() {
        return above.resolve("policies");
    }

    private static DevicePolicy policy(String id) {
        try {
            return DevicePolicy.read(
                    Fields.builder()
                            .put("id", id)
                            .put("lastModified", 5)
                            .put("more", Value.of(true))
                            .build(),
                    PolicyLimits.DEFAULT);
        } catch (io.hawser.iot.policy.rule.PolicyException wrong) {
            throw new AssertionError(wrong);
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void whoFollowsWhatSurvivesARestart() throws Exception {
        assertThat(store.find("EP-1", "urn:a")).isEmpty();
        store.assign("EP-1", "urn:a", policy("P1"));
        store.assign("EP-2", "urn:a", policy("P1"));
        store.assign("EP-1", "urn:b", policy("P2"));
        open();
        assertThat(store.find("EP-1", "urn:a")).contains(policy("P1"));
        assertThat(store.find("EP-2", "urn:a")).contains(policy("P1"));
        assertThat(store.find("EP-1", "urn:b")).contains(policy("P2"));
        assertThat(store.find("EP-2", "urn:b")).isEmpty();
        assertThat(store.damaged()).isEmpty();
        assertThat(files()).containsExactly("P1", "P2", "device-associations.json");
        assertThat(Files.readString(folder().resolve("device-associations.json")))
                .isEqualTo("{\"devicePolicyIdsToEndpointIds\":{\"P1\":[\"EP-1\",\"EP-2\"],\"P2\":[\"EP-1\"]},"
                        + "\"deviceModelUrnsToDevicePolicies\":{\"urn:a\":[\"P1\"],\"urn:b\":[\"P2\"]}}");
    }

    @Test
    void aPolicyTakesThePlaceOfTheOneBefore() throws Exception {
        store.assign("EP-1", "urn:a", policy("P1"));
        store.assign("EP-2", "urn:a", policy("P1"));
        store.assign("EP-1", "urn:a", policy("P2"));
        assertThat(store.find("EP-1", "urn:a")).contains(policy("P2"));
        assertThat(store.find("EP-2", "urn:a")).contains(policy("P1"));
        store.assign("EP-1", "urn:a", policy("P2"));
        store.unassign("EP-2", "urn:a");
        open();
        assertThat(store.find("EP-2", "urn:a")).isEmpty();
        assertThat(store.find("EP-1", "urn:a")).contains(policy("P2"));
        assertThat(files()).containsExactly("P2", "device-associations.json");
        store.unassign("EP-1", "urn:a");
        store.unassign("EP-1", "urn:nobody");
        assertThat(files()).containsExactly("device-associations.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                "../../etc/x",
                "a/b",
                "a\\b",
                "nul\0",
                "device-associations.json",
                "dm-urn.json",
                "*",
                "é %"
            })
    void anIdIsNeverAPath(String id) throws Exception {
        store.assign("EP-1", "urn:a", policy(id));
        open();
        assertThat(store.find("EP-1", "urn:a")).contains(policy(id));
        assertThat(files()).hasSize(2).contains("device-associations.json");
        try (Stream<Path> outside = Files.list(above)) {
            assertThat(outside).hasSize(1);
        }
    }

    @Test
    void anIdThatNoFileCanHaveIsRefused() throws Exception {
        store.assign("EP-1", "urn:a", policy("x".repeat(240)));
        assertThatThrownBy(() -> store.assign("EP-1", "urn:a", policy("x".repeat(241))))
                .isInstanceOf(IOException.class)
                .hasMessage("the id of a policy has too many characters for a file: 241");
        assertThat(store.find("EP-1", "urn:a")).contains(policy("x".repeat(240)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"id\":\"P2\",\"lastModified\":1}", "{\"id\":\"P1\"}"})
    void aDamagedPolicyIsNamedAndIgnored(String content) throws Exception {
        store.assign("EP-1", "urn:a", policy("P1"));
        store.assign("EP-1", "urn:b", policy("P2"));
        Files.writeString(folder().resolve("P1"), content);
        open();
        assertThat(store.find("EP-1", "urn:a")).isEmpty();
        assertThat(store.find("EP-1", "urn:b")).contains(policy("P2"));
        assertThat(store.damaged()).singleElement().asString().startsWith("P1 is ignored: ");
        store.assign("EP-1", "urn:a", policy("P1"));
        assertThat(store.find("EP-1", "urn:a")).contains(policy("P1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[1]",
                "{\"devicePolicyIdsToEndpointIds\":{\"P1\":[1]},\"deviceModelUrnsToDevicePolicies\":{}}",
                "{\"devicePolicyIdsToEndpointIds\":{\"P1\":[\"EP-1\"]},\"deviceModelUrnsToDevicePolicies\":{\"urn:a\":\"P1\"}}"
            })
    void damagedAssociationsAreNamedAndIgnored(String content) throws Exception {
        store.assign("EP-1", "urn:a", policy("P1"));
        Files.writeString(folder().resolve("device-associations.json"), content);
        open();
        assertThat(store.find("EP-1", "urn:a")).isEmpty();
        assertThat(store.damaged()).singleElement().asString().startsWith("device-associations.json is ignored: ");
        store.assign("EP-1", "urn:a", policy("P1"));
        open();
        assertThat(store.find("EP-1", "urn:a")).contains(policy("P1"));
        assertThat(store.damaged()).isEmpty();
    }

    @Test
    void aPolicyWhoseFileIsGoneIsAbsentAndADraftMeansNothing() throws Exception {
        store.assign("EP-1", "urn:a", policy("P1"));
        Files.delete(folder().resolve("P1"));
        Files.writeString(folder().resolve("P1.new"), "{");
        open();
        assertThat(store.find("EP-1", "urn:a")).isEmpty();
        assertThat(store.damaged()).isEmpty();
        store.assign("EP-1", "urn:a", policy("P1"));
        assertThat(store.find("EP-1", "urn:a")).contains(policy("P1"));
        assertThat(files()).containsExactly("P1", "device-associations.json");
    }

    @Test
    void theFolderAboveMustBeThere() {
        assertThatThrownBy(() -> PolicyStore.open(above.resolve("a/b"), PolicyLimits.DEFAULT))
                .isInstanceOf(IOException.class);
    }
}
