package io.hawser.iot.registry.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.registry.Device;
import io.hawser.iot.registry.Devices;
import io.hawser.iot.registry.Joining;
import io.hawser.iot.registry.Registration;
import io.hawser.iot.registry.Scene;
import io.hawser.iot.wire.PolicyChange;
import io.hawser.iot.wire.PolicyChange.How;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who follows which policy, and who is told what when that changes. */
class PoliciesTest {
    private static final String MODEL = "urn:test:sensor";

    private final Scene scene = Scene.inMemory();
    private final String lab =
            scene.done(scene.registry().applications().add("lab", "", Map.of())).id();
    private final String direct = register("DEV-1").id();
    private final String gate = gateway();
    private final String one = behind("BT-1");
    private final String two = behind("BT-2");

    @AfterEach
    void end() {
        scene.close();
    }

    private Device register(String hardwareId) {
        return scene.done(scene.registry().devices().register(Registration.of(hardwareId, lab)));
    }

    private String gateway() {
        Devices devices = scene.registry().devices();
        return scene.done(devices.activate(
                        register("GW-1").id(),
                        Scene.key(),
                        List.of("urn:oracle:iot:dcd:capability:indirect_activation")))
                .id();
    }

    private String behind(String hardwareId) {
        return scene.done(
                        scene.registry().devices().join(gate, new Joining(hardwareId, List.of(MODEL), Map.of(), false)))
                .id();
    }

    private Policies policies() {
        return scene.registry().policies();
    }

    private static Value.Sequence list(Value... values) {
        return new Value.Sequence(List.of(values));
    }

    private static Value.Sequence pipelines(String attribute, String... functions) {
        List<Value> all = Stream.of(functions)
                .<Value>map(id -> new Value.Nested(Fields.of("id", Value.of(id))))
                .toList();
        return list(new Value.Nested(Fields.builder()
                .put("attributeName", attribute)
                .put("pipeline", new Value.Sequence(all))
                .build()));
    }

    private Policy policy() {
        return scene.done(policies().add(MODEL, "less noise", pipelines("t", "mean")));
    }

    private static PolicyNotice notice(String to, Policy policy, How... how) {
        return new PolicyNotice(
                to,
                Stream.of(how)
                        .map(each -> new PolicyChange(MODEL, policy.id(), policy.modified(), each))
                        .toList());
    }

    @Test
    void whoFollowsAPolicyIsToldThroughItsGateway() {
        Policy policy = policy();
        assertThat(policies().of(direct, MODEL)).isEmpty();
        assertThat(scene.done(policies().assign(policy.id(), List.of(direct, one, two))))
                .containsExactlyInAnyOrder(notice(direct, policy, How.ASSIGNED), notice(gate, policy, How.ASSIGNED));
        scene.restart();
        assertThat(policies().of(one, MODEL)).contains(policy);
        assertThat(policies().of(one, "urn:other")).isEmpty();
        assertThat(policies().devices(policy.id())).isEqualTo(Set.of(direct, one, two));
    }

    @Test
    void whatHasChangedIsToldToAllWhoFollowItWithATimeThatGrows() {
        Policy policy = policy();
        scene.done(policies().assign(policy.id(), List.of(one)));
        List<PolicyNotice> notices = scene.done(policies().change(policy.id(), "more", true, pipelines("t", "max")));
        Policy changed = policies().get(policy.id()).orElseThrow();
        assertThat(changed.modified()).isEqualTo(policy.modified() + 1);
        assertThat(notices).containsExactly(notice(gate, changed, How.CHANGED));
        assertThat(notices.get(0).changes().get(0).fields())
                .isEqualTo(Fields.builder()
                        .put("deviceModelUrn", MODEL)
                        .put("id", policy.id())
                        .put("lastModified", changed.modified())
                        .put("op", "changed")
                        .build());
    }

    @Test
    void aDeviceFollowsOnePolicyAModelAndIsToldThatTheOtherIsOver() {
        Policy first = policy();
        Policy second = policy();
        scene.done(policies().assign(first.id(), List.of(direct)));
        assertThat(scene.done(policies().assign(second.id(), List.of(direct))))
                .containsExactly(new PolicyNotice(
                        direct,
                        List.of(
                                new PolicyChange(MODEL, first.id(), first.modified(), How.UNASSIGNED),
                                new PolicyChange(MODEL, second.id(), second.modified(), How.ASSIGNED))));
        assertThat(policies().devices(first.id())).isEmpty();
        assertThat(policies().of(direct, MODEL)).contains(second);
    }

    @Test
    void whoeverAsksAgainBecauseTheHubEndedIsGivenTheSameNotices() {
        Policy policy = policy();
        List<PolicyNotice> assigned = scene.done(policies().assign(policy.id(), List.of(direct)));
        scene.restart();
        assertThat(scene.done(policies().assign(policy.id(), List.of(direct)))).isEqualTo(assigned);
        List<PolicyNotice> over = scene.done(policies().unassign(policy.id(), List.of(direct)));
        assertThat(over).containsExactly(notice(direct, policy, How.UNASSIGNED));
        assertThat(scene.done(policies().unassign(policy.id(), List.of(direct))))
                .isEqualTo(over);
        assertThat(policies().of(direct, MODEL)).isEmpty();
    }

    @Test
    void aPolicyThatIsFollowedIsNotRemoved() {
        Policy policy = policy();
        scene.done(policies().assign(policy.id(), List.of(direct)));
        assertThat(scene.refused(policies().remove(policy.id()))).hasMessageContaining("1 devices follow policy");
        scene.done(scene.registry().devices().remove(direct));
        scene.done(policies().forget("nobody"));
        scene.done(policies().remove(policy.id()));
        assertThat(scene.restart().registry().policies().all()).isEmpty();
        assertThat(scene.refused(policies().assign(policy.id(), List.of(one))))
                .hasMessage("there is no policy " + policy.id());
    }

    @Test
    void manyDevicesAreAssignedInSeveralCallsAndUnknownOnesNotAtAll() {
        Policy policy = policy();
        List<String> many = IntStream.range(0, 901).mapToObj(i -> "d" + i).toList();
        assertThat(scene.refused(policies().assign(policy.id(), many)))
                .hasMessageContaining("901 devices are too many");
        assertThat(scene.refused(policies().assign(policy.id(), List.of(direct, "d"))))
                .hasMessage("there is no device d");
        assertThat(policies().of(direct, MODEL)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            t | nonsense            | pipelines[0].pipeline[0].id is 'nonsense'; a pipeline of an attribute takes one of
            t | batchByTime         | pipelines[0].pipeline[0].id is 'batchByTime'; a pipeline of an attribute takes one of
            * | mean                | a pipeline without an attribute takes one of batchByCost, batchBySize, batchByTime
            * | batchByTime batchBySize | pipelines[0].pipeline has 2 functions; devices heed only the first
            """)
    void pipelinesThatDevicesDoNotUnderstandAreRefused(String attribute, String functions, String why) {
        assertThat(scene.refused(policies().add(MODEL, "", pipelines(attribute, functions.split(" ")))))
                .hasMessageContaining(why);
        assertThat(scene.done(policies().add(MODEL, "", pipelines("*", "batchByTime")))
                        .model())
                .isEqualTo(MODEL);
    }

    @Test
    void whatIsNoPipelineIsRefused() {
        assertThat(scene.refused(policies().add(MODEL, "", list(Value.of(1)))))
                .hasMessage("pipelines[0] must be an object");
        assertThat(scene.refused(policies().add(MODEL, "", list(new Value.Nested(Fields.EMPTY)))))
                .hasMessage("pipelines[0].pipeline must be a list of functions");
        assertThat(scene.refused(policies().add(MODEL, "x".repeat(2_049), pipelines("t", "mean"))))
                .hasMessageContaining("2049 characters");
    }
}
