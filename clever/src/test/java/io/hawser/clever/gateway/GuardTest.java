package io.hawser.clever.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.core.access.Principal;
import io.hawser.core.access.Rule;
import io.hawser.core.access.Rules;
import io.hawser.core.audit.AuditEntry;
import io.hawser.core.route.Bus;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What puts a copter into somebody's hands is done only if a rule allows it, and never unseen. */
@Timeout(60)
class GuardTest extends GatewayStage {
    private static final Fields REBOOT = Fields.of("command", Value.of("reboot"));

    @Test
    void whatIsAllowedIsWrittenDownBeforeAndAfter() {
        copter("copter-1", 0);
        awaitFleet(1);

        FleetResult result = gateway.command(Asker.operator("10.0.0.7"), List.of("copter-1"), "execute", REBOOT)
                .join()
                .get(0);
        assertThat(result.done()).isTrue();
        say("clever/copter-1/service_restart", Fields.of("name", Value.of("clover")), Optional.empty());

        awaitDone("copter-1 execute {command=\"reboot\":Str}");
        await().until(() -> audit().size() == 4);
        assertThat(audit())
                .containsExactly(
                        "admin/token 10.0.0.7 clever.execute copter-1 asked {command=\"reboot\"}",
                        "admin/token 10.0.0.7 clever.execute copter-1 done ",
                        "test:web test clever.service_restart copter-1 asked {name=\"clover\"}",
                        "test:web test clever.service_restart copter-1 done ");
    }

    @Test
    void aUserOfTheHubTellsCoptersWhatItMaySayToThemOnTheBus() {
        try (CleverGateway strict = strict(
                "allow * * >", "deny otto publish clever/*/takeoff", "deny otto request clever/*/request/pose")) {
            address = strict.start();
            copter("copter-1", 0);
            await().until(() -> !strict.copters().join().isEmpty());
            Asker otto = Asker.user(new Principal("otto"), "10.0.0.7");

            FleetResult takeoff = strict.command(otto, List.of(), "takeoff", Fields.EMPTY)
                    .join()
                    .get(0);
            assertThat(takeoff.reason())
                    .isEqualTo("the rules do not allow 'takeoff': hawser.rules must let otto publish on"
                            + " clever/copter-1/takeoff");
            assertThat(strict.request(otto, List.of(), "pose", Fields.EMPTY)
                            .join()
                            .get(0)
                            .reason())
                    .contains("must let otto request on clever/copter-1/request/pose");
            assertThat(strict.command(otto, List.of(), "land", Fields.EMPTY)
                            .join()
                            .get(0)
                            .done())
                    .isTrue();
            awaitDone("copter-1 land {}");
            assertThat(done).noneMatch(what -> what.contains("takeoff"));
        }
    }

    @Test
    void withoutARuleTheOperatorIsRefusedTooAndMayLandAllTheSame() {
        try (CleverGateway strict = strict("allow * * >", "deny * publish clever/*/execute")) {
            address = strict.start();
            copter("copter-1", 0);
            await().until(() -> !strict.copters().join().isEmpty());

            assertThat(strict.command(Asker.operator(""), List.of(), "execute", REBOOT)
                            .join()
                            .get(0)
                            .reason())
                    .isEqualTo("the rules do not allow 'execute': hawser.rules must let admin/token publish on"
                            + " clever/copter-1/execute");
            assertThat(strict.request(Asker.operator(""), List.of(), "execute", REBOOT)
                            .join()
                            .get(0)
                            .done())
                    .isFalse();
            assertThat(strict.command(List.of(), "land", Fields.EMPTY)
                            .join()
                            .get(0)
                            .done())
                    .isTrue();
            awaitDone("copter-1 land {}");
            await().until(() -> audit().size() == 2);
            assertThat(audit())
                    .allMatch(
                            entry -> entry.equals("admin/token  clever.execute copter-1 refused {command=\"reboot\"}"));
            assertThat(done).noneMatch(what -> what.contains("execute"));
        }
    }

    @Test
    void aRuleForTheOperatorAloneIsEnough() {
        try (CleverGateway strict =
                strict("allow clever publish clever/>", "allow admin/token publish clever/*/execute")) {
            address = strict.start();
            copter("copter-1", 0);
            await().until(() -> !strict.copters().join().isEmpty());
            assertThat(strict.command(List.of(), "execute", REBOOT)
                            .join()
                            .get(0)
                            .done())
                    .isTrue();
            assertThat(strict.command(List.of(), "reboot_all", Fields.EMPTY)
                            .join()
                            .get(0)
                            .done())
                    .isFalse();
        }
    }

    private CleverGateway strict(String... rules) {
        Rules access = new Rules(List.of(rules).stream().map(Rule::parse).toList());
        Bus strict = new Bus(
                bus.router(),
                bus.conductor(),
                bus.store(),
                bus.authenticator(),
                access,
                bus.counters(),
                bus.clock(),
                bus.outbox(),
                bus.durable());
        return new CleverGateway(settings, strict, loops.next(), partyThread, new Random(2));
    }

    private List<String> audit() {
        return bus.store().records().log(AuditEntry.TYPE).read(1, 100).join().stream()
                .map(entry -> entry.value())
                .map(entry -> String.join(
                        " ",
                        entry.who(),
                        entry.where(),
                        entry.action(),
                        entry.target(),
                        entry.outcome(),
                        entry.detail()))
                .toList();
    }
}
